import { overrideFaults } from '../aci/plan/overrides.ts';
import { disallowedFaults } from '../jobs/request.ts';
import { check, type RunRequest } from '../jobs/runRequest.schema.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { launchAnswer } from './http/launchAnswer.ts';

/** `POST {group}/runs`: an operator's launch of any group in scope. It puts back no job's secrets. */
export function launchContainerGroup(collaborators: Collaborators): HttpFunction {
  const { groupRunAllow } = collaborators.config;
  return {
    name: 'launch-container-group',
    methods: ['POST'],
    route: `${containerGroupRoute}/runs`,
    authLevel: 'function',
    async handler(request) {
      const containerGroup = containerGroupOf(request);
      const { ifRunning, dryRun, ...overrides } = await readCheckedBody<RunRequest>(
        request,
        check,
        (asked) => [
          ...disallowedFaults(asked, groupRunAllow, 'without a job, GROUP_RUN_ALLOW allows'),
          ...overrideFaults(asked),
        ],
      );
      return launchAnswer(
        request,
        { containerGroup, overrides, secrets: [], ifRunning: ifRunning ?? 'reject' },
        dryRun ?? false,
        collaborators,
      );
    },
  };
}
