import type { Clock } from '../../clock.ts';
import { nextOccurrence, type Schedule } from './schedule.ts';
import type { ScheduleStatus } from './timerInput.ts';

export type Timer = {
  schedule: Schedule;
  /** Whether it runs once at the start, whatever the schedule says. */
  runOnStartup: boolean;
  /** Runs the function. It never rejects. */
  run: (status: ScheduleStatus) => Promise<void>;
  clock: Clock;
};

/** setTimeout fires at once for more than 24.8 days; the host's TimerListener.cs waits for no more than these 24, too. */
const longestWait = 24 * 24 * 60 * 60 * 1000;

/**
 * Runs a function on its schedule, as the host's TimerListener.cs does: never while it still runs. However many moments
 * pass in that time, it runs once more for all of them, at once.
 * @returns `stop`, which lets no more runs begin, and settles when the one that is on is over.
 */
export function runOnSchedule({ schedule, runOnStartup, run, clock }: Timer): { stop(): Promise<void> } {
  let status: ScheduleStatus = { next: nextOccurrence(schedule, clock.now()) };
  let running = Promise.resolve();
  let stopped = false;
  let callOff = () => {};

  function wait(): void {
    if (!stopped && status.next !== undefined) {
      const delay = Math.max(status.next - clock.now(), 1);
      callOff = delay > longestWait ? clock.after(longestWait, wait) : clock.after(delay, begin);
    }
  }

  /** A timer may fire a little early; the moment that it was for must not come a second time then. */
  function begin(): void {
    runOnce(Math.max(clock.now(), status.next ?? 0));
  }

  function runOnce(at: number): void {
    running = run(status).then(() => {
      status = { last: at, next: nextOccurrence(schedule, at), lastUpdated: at };
      wait();
    });
  }

  if (runOnStartup) {
    callOff = clock.after(1, () => runOnce(clock.now()));
  } else {
    wait();
  }
  return {
    async stop() {
      stopped = true;
      callOff();
      await running;
    },
  };
}
