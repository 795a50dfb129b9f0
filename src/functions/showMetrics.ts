import { resourceIdOf } from '../aci/containerGroupId.ts';
import { mayRead } from './access/access.ts';
import type { Collaborators } from './collaborators.ts';
import { containerGroupOf, containerGroupRoute } from './http/containerGroupParams.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { metricsQueryOf } from './http/metricsQuery.ts';

/** `GET {group}/metrics?timespan&interval`: what each container has used of CPU and memory until now, by Azure Monitor. */
export function showMetrics({ containerGroupsFor, requests }: Collaborators): HttpFunction {
  return {
    name: 'show-metrics',
    methods: ['GET'],
    route: `${containerGroupRoute}/metrics`,
    access: mayRead,
    async handler(request) {
      const id = containerGroupOf(request);
      const containerGroups = containerGroupsFor(request);
      const query = metricsQueryOf(request, requests.now());
      const metrics = await containerGroups.listMetrics(id, query);
      return { jsonBody: { containerGroup: resourceIdOf(id), ...metrics } };
    },
  };
}
