import { resourceIdOf } from '../aci/containerGroupId.ts';
import { documentFaults } from '../aci/create/documentFaults.ts';
import type { ContainerGroupDocument } from '../aci/document.ts';
import { getIfThere } from '../aci/getIfThere.ts';
import { isObject } from '../aci/json.ts';
import { withoutMark } from '../aci/mark.ts';
import { readOnlyProperties } from '../aci/properties.ts';
import { withoutProperty } from '../aci/propertyPaths.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { freeContainerGroup } from './http/freeContainerGroup.ts';
import { containerGroupUrl, originOf } from './http/links.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/**
 * `PUT {group}`: creates the group, or replaces it whole, by ARM's own document. What the document leaves out is gone, as with ARM;
 * what ARM answers and does not take back may be in it, and so may the mark of an earlier run: neither is written.
 */
export function putContainerGroup(collaborators: Collaborators): HttpFunction {
  const { config } = collaborators;
  return {
    ...containerGroupTriggers.putContainerGroup,
    async handler(request) {
      const id = containerGroupOf(request);
      const body = await readCheckedBody<ContainerGroupDocument>(request, (sent) =>
        documentFaults(isObject(sent) ? withoutMark(sent) : sent),
      );
      const containerGroups = await freeContainerGroup(request, id, collaborators);
      const live = await getIfThere(containerGroups, id);
      const document = readOnlyProperties.reduce(
        (rest, path) => withoutProperty(rest, path),
        withoutMark(body),
      );
      const provisioningState = await containerGroups.createOrUpdate(id, document);
      return {
        status: live ? 200 : 201,
        headers: { location: containerGroupUrl(originOf(request, config.publicOrigin), id) },
        jsonBody: {
          message: `Container group '${id.name}' is being ${live ? 'replaced' : 'created'}.`,
          containerId: resourceIdOf(id),
          provisioningState: provisioningState ?? 'Pending',
        },
      };
    },
  };
}
