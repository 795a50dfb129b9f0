import { Cron } from 'croner';
import { HostError } from '../hostError.ts';
import { resolveSettings } from '../resolveSettings.ts';
import { parseTimeSpan } from '../timeSpan.ts';
import { toCronPattern } from './cronPattern.ts';

/** When a timer function runs: at the moments of a cron expression in UTC, or always that many milliseconds later. */
export type Schedule = { cronPattern: string } | { interval: number };

/**
 * The schedule of a timer trigger's binding: an NCRONTAB expression or a time span, with settings in it. The real host
 * on a developer's machine counts in local time; this one in UTC, as in Azure.
 * @throws HostError when it is neither, or a setting is missing.
 */
export function readSchedule(
  binding: Record<string, unknown> | undefined,
  environment: NodeJS.ProcessEnv,
): Schedule {
  const expression = resolveSettings(binding, 'schedule', environment);
  const cronPattern = toCronPattern(expression);
  if (cronPattern !== undefined) {
    return { cronPattern };
  }
  const interval = parseTimeSpan(expression.trim());
  if (!interval) {
    throw new HostError(
      `The schedule expression '${expression}' was not recognized as a valid cron expression or timespan string.`,
    );
  }
  return { interval };
}

/**
 * The first moment of a schedule after `now`, both in milliseconds since 1970; undefined when there is none, as for a
 * 30th of February. A cron expression that names days and days of the week means days that are both, as NCrontab does.
 */
export function nextOccurrence(schedule: Schedule, now: number): number | undefined {
  if ('interval' in schedule) {
    return now + schedule.interval;
  }
  const cron = new Cron(schedule.cronPattern, { mode: '6-part', utcOffset: 0, domAndDow: true });
  return cron.nextRun(new Date(now))?.getTime();
}

/**
 * Whether the host remembers when a timer ran, and tells its function. As in the host's TimerSchedule.cs it never does
 * for what runs more than once a minute.
 * @param useMonitor what the binding says.
 */
export function isMonitored(schedule: Schedule, useMonitor: unknown, now: number): boolean {
  return useMonitor !== false && !isFrequent(schedule, now);
}

function isFrequent(schedule: Schedule, now: number): boolean {
  if ('interval' in schedule) {
    return schedule.interval < 60_000;
  }
  const first = nextOccurrence(schedule, now);
  const second = first === undefined ? undefined : nextOccurrence(schedule, first);
  return second !== undefined && second < now + 60_000;
}
