import { describe, expect, test } from 'vitest';
import { httpFunctions } from '../../../src/functions/httpFunctions.ts';
import { runOnSchedule } from '../../../src/functions/runOnSchedule.ts';
import { sendCallback, sendCallbackPoison } from '../../../src/functions/sendCallback.ts';
import { httpTriggers } from '../../../src/functions/triggers/httpTriggers.ts';
import { queueTriggers } from '../../../src/functions/triggers/queueTriggers.ts';
import { timerTriggers } from '../../../src/functions/triggers/timerTriggers.ts';
import { watchRun, watchRunPoison } from '../../../src/functions/watchRun.ts';
import { readJobs } from '../../jobs/jobsFile.ts';
import { inMemoryContainerGroups } from '../../runs/inMemoryContainerGroups.ts';
import { collaboratorsOf } from '../call.ts';

const hook = { preset: 'github', secret: 'setting:HOOK_SECRET' };
const read = readJobs(
  {
    plain: {},
    hooked: { hook, map: [] },
    scheduled: { schedule: '0 0 2 * * *', roles: ['Runs.Launch.Scheduled'] },
    both: { hook, map: [], schedule: '0 30 3 * * MON-FRI' },
  },
  { HOOK_SECRET: 'a secret of 16 letters' },
);

/** What is known of functions before anything is loaded that answers a call. */
function known<Trigger extends object>(
  functions: readonly (Trigger & { handler: unknown })[],
): Omit<Trigger, 'handler'>[] {
  return functions.map(({ handler: _, ...trigger }) => trigger);
}

describe.each([
  ['no job', [], [], []],
  [
    'jobs with and without hooks and schedules',
    read.jobs,
    ['receive-hook-hooked', 'receive-hook-both'],
    ['run-job-on-schedule-scheduled', 'run-job-on-schedule-both'],
  ],
])('with %s', (_, jobs, hooks, timers) => {
  const collaborators = collaboratorsOf(inMemoryContainerGroups(), { jobs });
  const named = (triggers: readonly { name: string }[]) => triggers.map(({ name }) => name);

  test('the triggers of HTTP are those of its functions, in their order', () => {
    const triggers = httpTriggers(collaborators.config.jobs.values());

    expect(triggers).toEqual(known(httpFunctions(collaborators)));
    expect(named(triggers).filter((name) => name.startsWith('receive-hook-'))).toEqual(hooks);
  });

  test('the triggers of queues are those of their functions', () => {
    const functions = [sendCallback, sendCallbackPoison, watchRun, watchRunPoison];

    expect(queueTriggers).toEqual(known(functions.map((make) => make(collaborators))));
  });

  test('the triggers of timers are those of the jobs with a schedule', () => {
    const triggers = timerTriggers(collaborators.config.jobs.values());

    expect(triggers).toEqual(known(jobs.flatMap((job) => runOnSchedule(job, collaborators) ?? [])));
    expect(named(triggers)).toEqual(timers);
  });
});
