import { type Answer, refuse, refuseAsMonitor } from '../http/answer.ts';
import { readMetricsQuery } from '../metrics/metricsQuery.ts';
import { presentMetrics } from '../metrics/presentMetrics.ts';
import type { Cloud } from './cloud.ts';
import { findGroup } from './findGroup.ts';
import type { ArmRequest } from './route.ts';

/** GET of what a group's containers use, as Azure Monitor answers it; [U] that one which is not there is ARM's own 404. */
export function listMetrics(cloud: Cloud, request: ArmRequest): Answer {
  const stored = findGroup(cloud, request);
  if ('error' in stored) {
    return refuse(stored.error);
  }
  const query = readMetricsQuery(request.query, cloud.clock.now());
  if ('error' in query) {
    return refuseAsMonitor(query.error);
  }
  cloud.meter.measure();
  return { status: 200, body: presentMetrics(stored, query, cloud.meter.history) };
}
