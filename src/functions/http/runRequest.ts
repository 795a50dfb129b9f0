import type { HttpRequest } from '@azure/functions';
import { type Fault, InvalidRequest } from '../../aci/errors.ts';
import { check, type RunRequest } from '../../jobs/runRequest.schema.ts';
import { readJsonBody } from './body.ts';

/**
 * Reads the body as a RunRequest.
 * @param faultsOf what else may be wrong with one of the right shape.
 * @throws as `readJsonBody`; InvalidRequest with every fault.
 */
export async function readRunRequest(
  request: HttpRequest,
  faultsOf: (runRequest: RunRequest) => Fault[],
): Promise<RunRequest> {
  const body = await readJsonBody(request);
  const shapeFaults = check(body);
  if (shapeFaults.length > 0) {
    throw new InvalidRequest(shapeFaults);
  }
  const faults = faultsOf(body as RunRequest);
  if (faults.length > 0) {
    throw new InvalidRequest(faults);
  }
  return body as RunRequest;
}
