import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import { cancelRun as cancel } from '../runs/request/cancelRun.ts';
import { operatorRoles } from './access/access.ts';
import { requireAccess } from './access/requireAccess.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { requireManagedIdentity } from './http/requireManagedIdentity.ts';
import { requireNoBody } from './http/requireNoBody.ts';
import { requireReadable } from './http/requireReadable.ts';
import { runNotFound, runOf } from './http/runParams.ts';
import { askAgain, following, shownStoredRun } from './http/shownRun.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/** How long the stop may keep its caller waiting, in milliseconds. */
const inlineMs = 8_000;

/** `POST {group}/runs/{runId}/cancel`: 202 while the run comes to its end, 200 once it has. */
export function cancelRun(collaborators: Collaborators): HttpFunction {
  return {
    ...runTriggers.cancelRun(collaborators.config.jobs.values()),
    async handler(request) {
      const { group, runId } = runOf(request);
      await requireNoBody(request);
      requireManagedIdentity(collaborators.config);
      await requireReadable(request, group, collaborators);
      await requireOperator(request, group, runId, collaborators);
      const run = await cancel(collaborators.requests, group, runId, inlineMs);
      if (run === undefined) {
        throw runNotFound(runId);
      }
      const jsonBody = await shownStoredRun(request, run, collaborators);
      return {
        status: run.end ? 200 : 202,
        headers: { ...following(jsonBody), ...askAgain(run) },
        jsonBody,
      };
    },
  };
}

/** With Easy Auth it is the run's job that tells who may cancel it. @throws RequestRefused, NotFound. */
async function requireOperator(
  request: HttpRequest,
  group: ContainerGroupId,
  runId: string,
  { config, requests }: Collaborators,
): Promise<void> {
  if (config.easyAuth) {
    const run = await requests.store.run(group, runId);
    if (run === undefined) {
      throw runNotFound(runId);
    }
    requireAccess(request, operatorRoles(run.value, config.jobs), config);
  }
}
