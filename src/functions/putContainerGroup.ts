import { resourceIdOf } from '../aci/containerGroupId.ts';
import { documentFaults } from '../aci/create/documentFaults.ts';
import type { ContainerGroupDocument } from '../aci/document.ts';
import { getIfThere } from '../aci/getIfThere.ts';
import { isObject } from '../aci/json.ts';
import { withoutMark } from '../aci/mark.ts';
import { readOnlyProperties } from '../aci/properties.ts';
import { withoutProperty } from '../aci/propertyPaths.ts';
import { decidingContainer } from '../jobs/decidingContainer.ts';
import { requireNoRun } from '../runs/requireNoRun.ts';
import type { Collaborators } from './collaborators.ts';
import { readCheckedBody } from './http/checkedBody.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { containerGroupUrl, originOf } from './http/links.ts';
import { isForced } from './http/query.ts';

/**
 * `PUT {group}`: creates the group, or replaces it whole, by ARM's own document. What the document leaves out is gone, as with ARM;
 * what ARM answers and does not take back may be in it, and so may the mark of an earlier run: neither is written.
 */
export function putContainerGroup({ config, containerGroupsFor }: Collaborators): HttpFunction {
  return {
    name: 'put-container-group',
    methods: ['PUT'],
    route: containerGroupRoute,
    authLevel: 'function',
    async handler(request) {
      const id = containerGroupOf(request);
      const force = isForced(request);
      const body = await readCheckedBody<ContainerGroupDocument>(request, (sent) =>
        documentFaults(isObject(sent) ? withoutMark(sent) : sent),
      );
      const containerGroups = containerGroupsFor(request);
      const live = await getIfThere(containerGroups, id);
      if (live && !force) {
        requireNoRun(id, live, decidingContainer(config.jobs.values(), id));
      }
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
