import {
  containerGroupDeploymentNotReady,
  containerNotFound,
  invalidQueryParameter,
  resourceNotFound,
} from '../armErrors.ts';
import { allContainers } from '../document/containerGroup.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { type LogQuery, renderLog } from '../logs/renderLog.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseScope } from './scope.ts';

/** GET of a container's log, init containers' too. */
export function getContainerLogs(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '', name = '', container = '' } = request.params;
  const error = refuseScope(cloud, request);
  if (error) {
    return refuse(error);
  }
  const stored = cloud.store.group(subscriptionId, resourceGroup, name);
  if (!stored) {
    return refuse(resourceNotFound(resourceGroup, name));
  }
  const found = allContainers(stored.group).find((one) => one.name === container.toLowerCase());
  if (!found) {
    return refuse(containerNotFound(container, name));
  }
  const query = readQuery(request.query);
  if ('status' in query) {
    return query;
  }
  const log = stored.life.log(found.name);
  if (!log) {
    return refuse(containerGroupDeploymentNotReady(name));
  }
  const isRunning = stored.life.instanceView(found.name)?.currentState.state === 'Running';
  return { status: 200, body: { content: renderLog(log.lines(), !isRunning, query) } };
}

function readQuery(query: URLSearchParams): LogQuery | Answer {
  const tail = query.get('tail');
  if (tail !== null && !/^[1-9]\d{0,8}$/.test(tail)) {
    return refuse(invalidQueryParameter('tail', 'a positive integer'));
  }
  const timestamps = query.get('timestamps')?.toLowerCase() ?? 'false';
  if (timestamps !== 'true' && timestamps !== 'false') {
    return refuse(invalidQueryParameter('timestamps', 'true or false'));
  }
  return { timestamps: timestamps === 'true', ...(tail !== null && { tail: Number(tail) }) };
}
