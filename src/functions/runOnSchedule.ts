import type { InvocationContext, Timer } from '@azure/functions';
import { RunInProgress } from '../aci/errors.ts';
import type { Job } from '../jobs/job.ts';
import { runAskedOf } from '../jobs/runAskedOf.ts';
import { submitRun } from '../runs/request/submitRun.ts';
import type { Collaborators } from './collaborators.ts';
import { ownIdempotency } from './http/idempotency.ts';
import { requireManagedIdentity } from './http/requireManagedIdentity.ts';
import { within } from './telemetry/invocation.ts';
import * as timerTriggers from './triggers/timerTriggers.ts';

/** One function that runs on a schedule. */
export type TimerFunction = timerTriggers.TimerTrigger & {
  handler: (timer: Timer, context: InvocationContext) => Promise<void>;
};

/** How long the first step of a run may be waited for, in milliseconds. */
const inlineMs = 8_000;

/** How early a timer may fire, in milliseconds. */
const toleranceMs = 1_000;

/**
 * Starts a run of a job whenever its schedule says so. The moment that it is for is its idempotency key, so that it is one run by however
 * many hosts. Under `ifRunning: reject` the moment goes by when another run holds the group.
 * @returns undefined for a job without a schedule.
 */
export function runOnSchedule(job: Job, { config, requests }: Collaborators): TimerFunction | undefined {
  const { name, containerGroup } = job;
  const trigger = timerTriggers.runOnSchedule(job);
  if (trigger === undefined) {
    return undefined;
  }
  return {
    ...trigger,
    async handler(timer, context) {
      requireManagedIdentity(config);
      const moment = new Date(scheduledTime(timer, requests.now())).toISOString();
      const idempotency = ownIdempotency(`schedule ${name}`, moment, requests.retention);
      const asked = runAskedOf({
        containerGroup,
        job,
        request: {},
        startedBy: { via: 'schedule' },
        idempotency,
      });
      try {
        const { run, isReplay } = await within(context, () => submitRun(requests, asked, inlineMs));
        context.info(`Run ${run.id} is ${isReplay ? 'already ' : ''}there for ${moment}.`);
      } catch (error) {
        if (!(error instanceof RunInProgress)) {
          throw error;
        }
        context.warn(`No run for ${moment}: ${error.message}`);
      }
    },
  };
}

/**
 * The moment that a timer fires for. The host says which one it waited for, but not of schedules of less than a minute, and not when the
 * function is run by hand, at any time: then it is the present second.
 */
export function scheduledTime({ scheduleStatus }: Pick<Timer, 'scheduleStatus'>, now: number): number {
  // The host has no status of a timer that it does not monitor, whatever the type says.
  const next = Date.parse((scheduleStatus as Timer['scheduleStatus'] | undefined | null)?.next ?? '');
  return next > 0 && next <= now + toleranceMs ? next : Math.round(now / 1000) * 1000;
}
