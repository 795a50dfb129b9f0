import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import { mayWrite } from './access/access.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { freeContainerGroup } from './http/freeContainerGroup.ts';
import { namedContainerGroup } from './http/namedContainerGroup.ts';

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
  collaborators: Collaborators,
): HttpFunction {
  return {
    name,
    methods: ['DELETE'],
    route,
    access: mayWrite,
    async handler(request) {
      const id = await meant(request);
      const containerGroups = await freeContainerGroup(request, id, collaborators);
      await containerGroups.get(id); // ARM deletes what is not there without a word
      await containerGroups.delete(id);
      return { jsonBody: { message: `Container group '${id.name}' is deleted.` } };
    },
  };
}
