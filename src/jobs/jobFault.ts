import type { Fault } from '../aci/errors.ts';

/** A fault of the jobs file; the target is a JSON Pointer from where the reader stands. */
export function jobFault(target: string, message: string): Fault {
  return { code: 'InvalidJob', target, message };
}
