import { describeContainerGroup } from '../aci/describe.ts';
import { decidingContainer } from '../jobs/decidingContainer.ts';
import { observeRun } from '../runs/observeRun.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf, runLinks } from './http/links.ts';

/** `GET {group}`: what the group does and why, with the run that it carries. */
export function showContainerGroup({ config, containerGroupsFor }: Collaborators): HttpFunction {
  return {
    name: 'show-container-group',
    methods: ['GET'],
    route: containerGroupRoute,
    authLevel: 'function',
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const document = await containerGroups.get(id);
      const run = observeRun(id, document, decidingContainer(config.jobs.values(), id));
      const { subscriptionId, resourceGroup } = id;
      return {
        jsonBody: {
          ...describeContainerGroup(document),
          subscriptionId,
          resourceGroup,
          ...(run && {
            run: {
              id: run.id,
              status: run.status,
              reason: run.reason,
              links: runLinks(originOf(request, config.publicOrigin), id, run.id),
            },
          }),
        },
      };
    },
  };
}
