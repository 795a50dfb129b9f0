import { InvocationContext, type Timer } from '@azure/functions';
import { expect, test } from 'vitest';
import { runOnSchedule, scheduledTime } from '../../src/functions/runOnSchedule.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { collaboratorsOf } from './call.ts';

const ten = Date.parse('2026-01-31T10:00:00Z');
const status = (next: string) => ({
  scheduleStatus: { last: '0001-01-01T00:00:00+00:00', next, lastUpdated: next },
});
const timer = (next: string) =>
  ({ isPastDue: false, schedule: { adjustForDST: true }, ...status(next) }) as Timer;

function scheduled() {
  const groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  const job = jobOf({ schedule: '0 0 * * * *' });
  const collaborators = collaboratorsOf(groups, { jobs: [job], now: () => ten + 300 });
  const logged: unknown[] = [];
  const context = new InvocationContext({ logHandler: (_, ...args) => void logged.push(...args) });
  const run = (next: string) => runOnSchedule(job, collaborators)?.handler(timer(next), context);
  return { run, groups, logged, collaborators };
}

test('a job without a schedule has no timer', () => {
  const job = jobOf({});

  expect(runOnSchedule(job, collaboratorsOf(inMemoryContainerGroups(), { jobs: [job] }))).toBeUndefined();
});

test('two hosts that fire for one moment start one run', async () => {
  const { run, groups, logged } = scheduled();
  await Promise.all([run('2026-01-31T10:00:00+00:00'), run('2026-01-31T10:00:00+00:00')]);

  expect(groups.written).toHaveLength(1);
  expect(logged.filter((line) => String(line).includes('already there'))).toHaveLength(1);
});

test('a moment goes by while another run holds the group, and the log says so', async () => {
  const { run, groups, logged } = scheduled();
  await run('2026-01-31T09:00:00+00:00');
  await run('2026-01-31T10:00:00+00:00');

  expect(groups.written).toHaveLength(1);
  expect(logged.at(-1)).toContain('No run for 2026-01-31T10:00:00.000Z');
});

test('what cannot be stored fails, so that the host tries again', async () => {
  const { run, collaborators } = scheduled();
  collaborators.watchQueue.failure = { error: new StorageError('it answered 500') };

  await expect(run('2026-01-31T10:00:00+00:00')).rejects.toThrow(StorageError);
});

test.each<[string, Pick<Timer, 'scheduleStatus'> | { scheduleStatus: null }, number, number]>([
  ['the host says', status('2026-01-31T10:00:00+00:00'), ten + 40_000, ten],
  ['the host says, in its own zone', status('2026-01-31T11:00:00+01:00'), ten + 40_000, ten],
  ['the host fired a little early for', status('2026-01-31T10:00:00+00:00'), ten - 20, ten],
  ['nobody waited for, as by hand', status('2026-01-31T12:00:00+00:00'), ten + 300, ten],
  ['a timer without a monitor fired for', { scheduleStatus: null }, ten - 20, ten],
  ['is the first of all', status('0001-01-01T00:00:00+00:00'), ten + 20, ten],
])('the moment that %s is the one that a run is for', (_, given, now, moment) => {
  expect(scheduledTime(given as Pick<Timer, 'scheduleStatus'>, now)).toBe(moment);
});
