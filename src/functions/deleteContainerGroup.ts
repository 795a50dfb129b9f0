import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import { decidingContainer } from '../jobs/decidingContainer.ts';
import { requireNoRun } from '../runs/requireNoRun.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { namedContainerGroup } from './http/namedContainerGroup.ts';
import { isForced } from './http/query.ts';

/** `DELETE {group}`. A group that is not there is ARM's 404: a typo must not look like success. */
export function deleteContainerGroup(collaborators: Collaborators): HttpFunction {
  return deletion(
    'delete-container-group',
    containerGroupRoute,
    async (request) => containerGroupOf(request),
    collaborators,
  );
}

/** `DELETE azure/containers`: the same by body. */
export function deleteNamedContainerGroup(collaborators: Collaborators): HttpFunction {
  return deletion('delete-named-container-group', 'azure/containers', namedContainerGroup, collaborators);
}

function deletion(
  name: string,
  route: string,
  meant: (request: HttpRequest) => Promise<ContainerGroupId>,
  { config, containerGroupsFor }: Collaborators,
): HttpFunction {
  return {
    name,
    methods: ['DELETE'],
    route,
    authLevel: 'function',
    async handler(request) {
      const id = await meant(request);
      const force = isForced(request);
      const containerGroups = containerGroupsFor(request);
      const live = await containerGroups.get(id);
      if (!force) {
        requireNoRun(id, live, decidingContainer(config.jobs.values(), id));
      }
      await containerGroups.delete(id);
      return { jsonBody: { message: `Container group '${id.name}' is deleted.` } };
    },
  };
}
