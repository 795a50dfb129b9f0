import { allContainers } from '../aci/document.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { chosenContainer, logsAnswer, readLogsQuery } from './http/logs.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/** `GET {group}/logs?container&tail&timestamps`: text, or JSON for who accepts only that. */
export function showLogs({ containerGroupsFor }: Collaborators): HttpFunction {
  return {
    ...containerGroupTriggers.showLogs,
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const { container: asked, ...options } = readLogsQuery(request);
      const document = await containerGroups.get(id);
      const container = chosenContainer(
        asked,
        allContainers(document).map(({ name }) => name),
        document.properties.containers.map(({ name }) => name),
      );
      return logsAnswer(request, container, await containerGroups.listLogs(id, container, options));
    },
  };
}
