import type { Clock } from '../../local/clock.ts';

export type ManualClock = Clock & {
  /** Moves time on, runs what comes due in order, and lets what follows from each task happen before the next. */
  advance(milliseconds: number): Promise<void>;
};

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let pending: { at: number; task: () => void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    after(milliseconds, task) {
      const entry = { at: now + milliseconds, task };
      pending.push(entry);
      return () => {
        pending = pending.filter((one) => one !== entry);
      };
    },
    async advance(milliseconds) {
      const target = now + milliseconds;
      for (;;) {
        const next = pending.filter(({ at }) => at <= target).sort((a, b) => a.at - b.at)[0];
        if (!next) {
          break;
        }
        pending = pending.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.task();
        await settle();
      }
      now = target;
      await settle();
    },
  };
}
