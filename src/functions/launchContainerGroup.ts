import { foldCase } from '../aci/foldCase.ts';
import { disallowedFaults, requestFaults } from '../jobs/request.ts';
import { runAskedOf } from '../jobs/runAskedOf.ts';
import { check, type RunRequest } from '../jobs/runRequest.schema.ts';
import { startedBy } from './access/principal.ts';
import type { Collaborators } from './collaborators.ts';
import { callbackRules } from './http/callbackRules.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupOf, containerGroupPath } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { idempotencyOf } from './http/idempotency.ts';
import { dryRunAnswer, launchAnswer } from './http/launchAnswer.ts';
import * as runTriggers from './triggers/runTriggers.ts';

/** `POST {group}/runs`: an operator's launch of any group in scope. It puts back no job's secrets. */
export function launchContainerGroup(collaborators: Collaborators): HttpFunction {
  const { config } = collaborators;
  const callbacks = callbackRules(config);
  return {
    ...runTriggers.launchContainerGroup,
    async handler(request) {
      const containerGroup = containerGroupOf(request);
      const body = await readCheckedBody<RunRequest>(request, check, (asked) => [
        ...disallowedFaults(asked, config.groupRunAllow, 'without a job, GROUP_RUN_ALLOW allows'),
        ...requestFaults(asked, {}, callbacks),
      ]);
      const { dryRun, ...asked } = body;
      const via = `POST ${containerGroupPath(containerGroup)}/runs`;
      const keyed = { scope: 'group', endpoint: foldCase(via), content: body };
      const idempotency = idempotencyOf(request, keyed, config.launcherSecrets);
      const run = runAskedOf({
        containerGroup,
        request: asked,
        startedBy: startedBy(via, request, config),
        idempotency,
      });
      return dryRun ? dryRunAnswer(run, collaborators) : launchAnswer(request, run, collaborators);
    },
  };
}
