import { resourceIdOf } from '../aci/containerGroupId.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { metricsQueryOf } from './http/metricsQuery.ts';
import * as containerGroupTriggers from './triggers/containerGroupTriggers.ts';

/** `GET {group}/metrics?timespan&interval`: what each container has used of CPU and memory until now, by Azure Monitor. */
export function showMetrics({ containerGroupsFor, requests }: Collaborators): HttpFunction {
  return {
    ...containerGroupTriggers.showMetrics,
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const query = metricsQueryOf(request, requests.now());
      const metrics = await containerGroups.listMetrics(id, query);
      return { jsonBody: { containerGroup: resourceIdOf(id), ...metrics } };
    },
  };
}
