import type { HttpRequest } from '@azure/functions';
import { type ContainerGroupId, resourceIdOf } from '../aci/containerGroupId.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { freeContainerGroup } from './http/freeContainerGroup.ts';
import { containerGroupUrl, originOf } from './http/links.ts';
import { namedContainerGroup } from './http/namedContainerGroup.ts';
import { requireNoBody } from './http/requireNoBody.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';
import type { HttpTrigger } from './triggers/httpTrigger.ts';

/** How soon it is worth looking what became of it, in seconds. */
const firstLookSeconds = 5;

const messages: Record<containerGroupTriggers.Verb, string> = {
  start: 'is being started',
  stop: 'is being stopped',
  restart: 'is being restarted',
};

/** `POST {group}/start`, `/stop` and `/restart`: ACI's own operations, accepted and not waited for. */
export function operateContainerGroup(
  verb: containerGroupTriggers.Verb,
  collaborators: Collaborators,
): HttpFunction {
  return operation(containerGroupTriggers.operateContainerGroup(verb), verb, bodiless, collaborators);
}

/** `POST azure/containers/restart`: the same by body. */
export function restartNamedContainerGroup(collaborators: Collaborators): HttpFunction {
  return operation(
    containerGroupTriggers.restartNamedContainerGroup,
    'restart',
    namedContainerGroup,
    collaborators,
  );
}

/** ACI's operations take no body. */
async function bodiless(request: HttpRequest): Promise<ContainerGroupId> {
  const id = containerGroupOf(request);
  await requireNoBody(request);
  return id;
}

function operation(
  trigger: HttpTrigger,
  verb: containerGroupTriggers.Verb,
  meant: (request: HttpRequest) => Promise<ContainerGroupId>,
  collaborators: Collaborators,
): HttpFunction {
  return {
    ...trigger,
    async handler(request) {
      const id = await meant(request);
      const containerGroups = await freeContainerGroup(request, id, collaborators);
      await containerGroups[verb](id);
      return {
        status: 202,
        headers: {
          location: containerGroupUrl(originOf(request, collaborators.config.publicOrigin), id),
          'retry-after': String(firstLookSeconds),
        },
        jsonBody: {
          message: `Container group '${id.name}' ${messages[verb]}.`,
          containerId: resourceIdOf(id),
        },
      };
    },
  };
}
