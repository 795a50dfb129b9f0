import type { Clock } from '../../clock.ts';
import type { Log } from '../coreApi.ts';
import type { Invoke } from '../invoke.ts';
import { isStartedBy, triggerOf } from '../trigger.ts';
import type { RegisteredFunction } from '../worker.ts';
import { runOnSchedule } from './runOnSchedule.ts';
import { isMonitored, nextOccurrence, readSchedule } from './schedule.ts';
import { timerInput } from './timerInput.ts';

export type TimerTriggers = {
  /** The names of the functions that run on a schedule. */
  functions: string[];
  /** Lets no more runs begin, and settles when those that are on are over. */
  stop(): Promise<void>;
};

type Starting = {
  /** All of the app's; those with another trigger are left alone. */
  functions: RegisteredFunction[];
  /** Where the settings are that bindings name. */
  environment: NodeJS.ProcessEnv;
  clock: Clock;
  invoke: Invoke;
  log: Log;
};

/**
 * Begins to run the timer functions on their schedules. One whose schedule is none is named in the log and does not
 * run; the others do, as in the host. Where the real host lets one instance of an app run a timer, each of these does.
 */
export function startTimerTriggers(starting: Starting): TimerTriggers {
  const functions = starting.functions.filter(({ metadata }) => isStartedBy(metadata, 'timerTrigger'));
  const timers = functions.flatMap((registered) => startTimer(registered, starting) ?? []);
  return {
    functions: functions.map(({ metadata }) => metadata.name),
    async stop() {
      await Promise.all(timers.map((timer) => timer.stop()));
    },
  };
}

function startTimer(
  registered: RegisteredFunction,
  { environment, clock, invoke, log }: Starting,
): { stop(): Promise<void> } | undefined {
  const { name } = registered.metadata;
  const binding = triggerOf(registered.metadata)?.binding;
  try {
    const schedule = readSchedule(binding, environment);
    const now = clock.now();
    if (nextOccurrence(schedule, now) === undefined) {
      log('warning', `${name}: its schedule '${binding?.['schedule']}' is of a day that never comes.`);
    }
    const monitored = isMonitored(schedule, binding?.['useMonitor'], now);
    return runOnSchedule({
      schedule,
      runOnStartup: binding?.['runOnStartup'] === true,
      clock,
      async run(status) {
        const started = performance.now();
        const outcome = await invoke(registered, timerInput(schedule, monitored ? status : undefined)).then(
          () => 'succeeded',
          () => 'failed',
        );
        log(
          'information',
          `${name} ${outcome} on its schedule ${Math.round(performance.now() - started)} ms`,
        );
      },
    });
  } catch (error) {
    log('error', `The '${name}' function is in error: ${error instanceof Error ? error.message : error}`);
    return undefined;
  }
}
