import type { Clock } from '../../clock.ts';

/** Tasks that are called off together. */
export type Schedule = { after(milliseconds: number, task: () => void): void; cancel(): void };

export function createSchedule(clock: Clock): Schedule {
  const pending = new Set<() => void>();
  return {
    after(milliseconds, task) {
      const callOff = clock.after(milliseconds, () => {
        pending.delete(callOff);
        task();
      });
      pending.add(callOff);
    },
    cancel() {
      for (const callOff of pending) {
        callOff();
      }
      pending.clear();
    },
  };
}
