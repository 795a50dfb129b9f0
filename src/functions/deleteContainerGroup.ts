import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../aci/containerGroupId.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { freeContainerGroup } from './http/freeContainerGroup.ts';
import { namedContainerGroup } from './http/namedContainerGroup.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';
import type { HttpTrigger } from './triggers/httpTrigger.ts';

/** `DELETE {group}`. A group that is not there is ARM's 404: a typo must not look like success. */
export function deleteContainerGroup(collaborators: Collaborators): HttpFunction {
  return deletion(
    containerGroupTriggers.deleteContainerGroup,
    async (request) => containerGroupOf(request),
    collaborators,
  );
}

/** `DELETE azure/containers`: the same by body. */
export function deleteNamedContainerGroup(collaborators: Collaborators): HttpFunction {
  return deletion(containerGroupTriggers.deleteNamedContainerGroup, namedContainerGroup, collaborators);
}

function deletion(
  trigger: HttpTrigger,
  meant: (request: HttpRequest) => Promise<ContainerGroupId>,
  collaborators: Collaborators,
): HttpFunction {
  return {
    ...trigger,
    async handler(request) {
      const id = await meant(request);
      const containerGroups = await freeContainerGroup(request, id, collaborators);
      await containerGroups.get(id); // ARM deletes what is not there without a word
      await containerGroups.delete(id);
      return { jsonBody: { message: `Container group '${id.name}' is deleted.` } };
    },
  };
}
