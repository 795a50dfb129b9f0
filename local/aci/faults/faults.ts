import { randomUUID } from 'node:crypto';
import type { ActiveFault, Fault } from './fault.ts';
import { type FaultyRequest, matchesFault } from './matchFault.ts';

/** The faults that an emulator was told to have. */
export type Faults = {
  add(fault: Fault): ActiveFault;
  /** In the order in which they were added. One that is over is no longer among them. */
  list(): ActiveFault[];
  /** @returns whether there was one with this id. */
  remove(id: string): boolean;
  clear(): void;
  /** The fault that befalls a request: the first that matches, is not to be skipped, and is not over. */
  take(request: FaultyRequest): Fault | undefined;
};

export function createFaults(): Faults {
  let faults: (ActiveFault & { skipped: number })[] = [];
  return {
    add(fault) {
      const active = { ...fault, id: randomUUID(), befallen: 0, skipped: 0 };
      faults.push(active);
      return withoutCount(active);
    },
    list: () => faults.map(withoutCount),
    remove(id) {
      const count = faults.length;
      faults = faults.filter((one) => one.id !== id);
      return faults.length < count;
    },
    clear() {
      faults = [];
    },
    take(request) {
      const matching = faults.filter((one) => matchesFault(one, request));
      // One with requests to skip sees this one pass, also when a fault before it takes the request.
      const due = matching.find((one) => one.skipped >= (one.skip ?? 0));
      for (const one of matching) {
        one.skipped += one.skipped < (one.skip ?? 0) ? 1 : 0;
      }
      if (due) {
        due.befallen += 1;
        faults = faults.filter((one) => one.times === 'always' || one.befallen < (one.times ?? 1));
      }
      return due;
    },
  };
}

function withoutCount({ skipped: _, ...fault }: ActiveFault & { skipped: number }): ActiveFault {
  return fault;
}
