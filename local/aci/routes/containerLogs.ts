import { invalidQueryParameter } from '../armErrors.ts';
import { containerGroupDeploymentNotReady } from '../containerGroupErrors.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { type LogQuery, renderLog } from '../logs/renderLog.ts';
import type { Cloud } from './cloud.ts';
import { findContainer } from './findGroup.ts';
import type { ArmRequest } from './route.ts';

/** GET of a container's log, init containers' too. */
export function getContainerLogs(cloud: Cloud, request: ArmRequest): Answer {
  const found = findContainer(cloud, request);
  if ('error' in found) {
    return refuse(found.error);
  }
  const query = readQuery(request.query);
  if ('status' in query) {
    return query;
  }
  const { stored, container } = found;
  const log = stored.life.log(container);
  if (!log) {
    return refuse(containerGroupDeploymentNotReady(stored.name));
  }
  const isRunning = stored.life.instanceView(container)?.currentState.state === 'Running';
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
