import type { Fault } from '../errors.ts';

/** @throws an error of this kind with all the faults, when there are any. */
export function throwIfAny(faults: readonly Fault[], Kind: new (faults: readonly Fault[]) => Error): void {
  if (faults.length > 0) {
    throw new Kind(faults);
  }
}
