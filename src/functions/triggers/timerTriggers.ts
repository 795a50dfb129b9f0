import type { RetryOptions } from '@azure/functions';
import type { Job } from '../../jobs/job.ts';

/** What the host knows of a function that runs on a schedule, an NCRONTAB expression of six fields. */
export type TimerTrigger = { name: string; schedule: string; retry: RetryOptions };

/** The host's timers keep time by these; a run that is tried again is the same run. */
const retry: RetryOptions = { strategy: 'fixedDelay', maxRetryCount: 5, delayInterval: { seconds: 10 } };

/** The triggers of every function that runs on a schedule: one for each job that has one. */
export function timerTriggers(jobs: Iterable<Job>): TimerTrigger[] {
  return [...jobs].flatMap((job) => runOnSchedule(job) ?? []);
}

/** @returns undefined for a job without a schedule. */
export function runOnSchedule({ name, schedule }: Job): TimerTrigger | undefined {
  return schedule === undefined ? undefined : { name: `run-job-on-schedule-${name}`, schedule, retry };
}
