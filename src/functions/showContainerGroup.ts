import { describeContainerGroup } from '../aci/describe.ts';
import { readMark } from '../aci/mark.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { shownStoredRun } from './http/shownRun.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/** `GET {group}`: what the group does and why, with the run that it carries. */
export function showContainerGroup(collaborators: Collaborators): HttpFunction {
  const { requests, containerGroupsFor } = collaborators;
  return {
    ...containerGroupTriggers.showContainerGroup,
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const document = await containerGroups.get(id);
      const mark = readMark(document);
      const stored = mark && (await requests.store.run(id, mark.runId));
      const run = stored && (await shownStoredRun(request, stored.value, collaborators));
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
              links: run.links,
            },
          }),
        },
      };
    },
  };
}
