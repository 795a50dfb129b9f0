import { resourceIdOf } from '../aci/containerGroupId.ts';
import { containerGroupFrom } from '../aci/create/containerGroupFrom.ts';
import { createFaults } from '../aci/create/createFaults.ts';
import type { CreateRequest } from '../aci/create/createRequest.schema.ts';
import { AlreadyExists } from '../aci/errors.ts';
import { getIfThere } from '../aci/getIfThere.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { containerGroupUrl, originOf } from './http/links.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/** `POST azure/containers`: a new container group, from a short body or one with all that ACI offers. */
export function createContainerGroup({ config, containerGroupsFor }: Collaborators): HttpFunction {
  return {
    ...containerGroupTriggers.createContainerGroup,
    async handler(request) {
      const { id, document } = containerGroupFrom(
        await readCheckedBody<CreateRequest>(request, createFaults),
      );
      const containerGroups = containerGroupsFor(request);
      // Between this and the PUT somebody else may create it: ARM has no condition for that.
      if (await getIfThere(containerGroups, id)) {
        throw new AlreadyExists(resourceIdOf(id));
      }
      const provisioningState = await containerGroups.createOrUpdate(id, document);
      return {
        status: 201,
        headers: { location: containerGroupUrl(originOf(request, config.publicOrigin), id) },
        jsonBody: {
          message: `Container group '${id.name}' is being created.`,
          containerId: resourceIdOf(id),
          provisioningState: provisioningState ?? 'Pending',
        },
      };
    },
  };
}
