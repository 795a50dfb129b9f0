import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../src/console/runs/outcome.ts';
import { stripOf } from '../../src/console/runs/strip.ts';
import { timelineOf } from '../../src/console/runs/timeline.ts';
import type { Run } from '../../src/runs/run.ts';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 31, 13, 0, seconds)).toISOString();
const now = Date.parse(at(100));

const runOf = (over: Partial<Run> = {}): Run => ({
  id: 'one',
  status: 'Succeeded',
  reason: 'Completed',
  attempt: 1,
  containerGroup: '/any',
  mode: 'recreate',
  createdAt: at(0),
  startedAt: at(4),
  finishedAt: at(64),
  containers: [],
  env: [],
  warnings: [],
  startedBy: { via: 'schedule' },
  ...over,
});
const {
  startedAt: _,
  finishedAt: __,
  ...notStarted
} = runOf({ status: 'NotStarted', reason: 'Queued', attempt: 0 });
const { finishedAt: ___, ...running } = runOf({ status: 'Running', reason: 'Running', timeoutAt: at(400) });

describe('the timeline', () => {
  const stepsOf = (run: Run) =>
    timelineOf(run, now).map(({ name, state, words }) => `${name} ${state}: ${words}`);

  test('of a run that is over tells how long it waited and ran, and how it ended', () => {
    expect(stepsOf(runOf())).toEqual([
      'Asked done: by schedule',
      'Waited done: 4 s',
      'Launched done: once',
      'Ran done: for 1 min',
      'Ended done: Succeeded (Completed)',
    ]);
    expect(timelineOf(runOf({ status: 'Failed', reason: 'TimedOut' }), now)[4]).toMatchObject({
      tone: 'bad',
      at: at(64),
    });
  });

  test('of a run that waits tells why, and what Azure said', () => {
    const error = { code: 'ContainerGroupQuotaReached', message: 'No more.' };
    expect(stepsOf({ ...notStarted, reason: 'QuotaReached', error })).toEqual([
      'Asked done: by schedule',
      'Waiting now: 1 min 40 s so far. A quota is reached; the launch is tried again. ContainerGroupQuotaReached: No more.',
      'Launched later: not yet',
      'Running later: not yet',
      'End later: not yet',
    ]);
  });

  test('of a run that runs tells for how long, and how long at most', () => {
    expect(stepsOf({ ...running, attempt: 2 }).slice(2)).toEqual([
      'Launched done: 2 times',
      'Running now: for 1 min 36 s; stopped in 5 min at the latest',
      'End later: not yet',
    ]);
  });

  test('of a run that never started says so', () => {
    expect(
      stepsOf({ ...notStarted, status: 'Canceled', reason: 'CanceledByCaller', finishedAt: at(9) }).slice(1),
    ).toEqual([
      'Waited done: 9 s, in vain',
      'Launched later: never',
      'Running later: never',
      'Ended done: Canceled (CanceledByCaller)',
    ]);
  });

  test('names who asked, where that is known', () => {
    const startedBy = { via: 'POST jobs/one/runs', principal: { name: 'ada@example.org' } };
    expect(timelineOf(runOf({ startedBy }), now)[0]?.words).toBe('by ada@example.org, POST jobs/one/runs');
  });
});

describe('the strip', () => {
  test('has the newest at its end, as high as it took long, and is told in words', () => {
    const { marks, words } = stripOf(
      [running, runOf({ id: 'two', finishedAt: at(10) }), runOf({ id: 'three', status: 'Failed' })],
      now,
    );

    expect(marks.map(({ id, outcome }) => [id, outcome.sign])).toEqual([
      ['three', '✕'],
      ['two', '✓'],
      ['one', '▸'],
    ]);
    expect(marks.map(({ height }) => height.toFixed(2))).toEqual(['0.79', '0.25', '1.00']);
    expect(words).toBe('Last 3 runs: 1 running, 1 succeeded, 1 failed');
    expect(stripOf([], now)).toEqual({ marks: [], words: 'No runs yet' });
  });
});

test('a status that this page does not know yet is shown as it is', () => {
  expect(outcomeOf('Repairing')).toEqual({ tone: 'off', sign: '·', word: 'Repairing' });
  expect(outcomeOf('toString').word).toBe('toString');
});
