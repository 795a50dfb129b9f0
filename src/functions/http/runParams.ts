import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import { NotFound } from '../../aci/errors.ts';
import { createdAtOf } from '../../runs/runId.ts';
import { containerGroupOf } from './containerGroupParams.ts';

/** The run that a request's path names. @throws InvalidRequest for its group's names; NotFound when the id is none of a run. */
export function runOf(request: HttpRequest): { group: ContainerGroupId; runId: string } {
  const group = containerGroupOf(request);
  const runId = (request.params['runId'] ?? '').toLowerCase();
  if (createdAtOf(runId) === undefined) {
    throw new NotFound('RunNotFound', `'${runId}' is not the id of a run.`);
  }
  return { group, runId };
}

/** The error for a run that is not stored. */
export function runNotFound(runId: string): NotFound {
  return new NotFound(
    'RunNotFound',
    `The container group has no run '${runId}'. Runs are kept for the days of RUN_RETENTION_DAYS.`,
  );
}
