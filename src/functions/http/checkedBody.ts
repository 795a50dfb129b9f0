import type { HttpRequest } from '@azure/functions';
import { type Fault, InvalidRequest } from '../../aci/errors.ts';
import type { Check } from '../../validation/faults.ts';
import { readJsonBody } from './body.ts';

/**
 * Reads a JSON body of a known shape.
 * @typeParam Body what a body without faults is, by the schema of `check`.
 * @param furtherFaults what else may be wrong with one of the right shape.
 * @throws as `readJsonBody`; InvalidRequest with every fault.
 */
export async function readCheckedBody<Body>(
  request: HttpRequest,
  check: Check,
  furtherFaults: (body: Body) => Fault[] = () => [],
): Promise<Body> {
  const body = await readJsonBody(request);
  throwFaults(check(body));
  throwFaults(furtherFaults(body as Body));
  return body as Body;
}

/** @throws InvalidRequest when there is any fault. */
export function throwFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) {
    throw new InvalidRequest(faults);
  }
}
