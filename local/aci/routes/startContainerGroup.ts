import type { ArmError } from '../armErrors.ts';
import { refuseQuota } from '../document/refuseQuota.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { hasEnded } from '../life/instanceView.ts';
import { regionUsage, usageOf } from '../regionUsage.ts';
import type { StoredGroup } from '../store.ts';
import { asyncOperationHeader } from './asyncOperation.ts';
import { beginLife } from './beginLife.ts';
import type { Cloud } from './cloud.ts';
import { findIdleGroup } from './findGroup.ts';
import type { ArmRequest } from './route.ts';

/**
 * POST start: runs a group's containers again; 204 when they are running already.
 *
 * [U] that a group which has ended by itself starts as a stopped one does, and that its restarts count from 0.
 */
export function startContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const stored = findIdleGroup(cloud, request);
  if ('error' in stored) {
    return refuse(stored.error);
  }
  if (!hasEnded(stored.life.state())) {
    return { status: 204 };
  }
  const error = refuseRunning(cloud, stored);
  if (error) {
    return refuse(error);
  }
  const { operation } = beginLife(cloud, { ...stored, isUpdate: false }, stored);
  return { status: 202, headers: asyncOperationHeader(request, stored, operation) };
}

/** POST restart: 204, and an operation all the same (recorded). Containers end and start, one restart further on. */
export function restartContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const stored = findIdleGroup(cloud, request);
  if ('error' in stored) {
    return refuse(stored.error);
  }
  const error = refuseRunning(cloud, stored);
  if (error) {
    return refuse(error);
  }
  const { operation } = beginLife(cloud, { ...stored, isUpdate: true }, stored, true);
  return { status: 204, headers: asyncOperationHeader(request, stored, operation) };
}

/** A group that has ended gave its cores back: there may be too few left. */
function refuseRunning({ store, limits }: Cloud, stored: StoredGroup): ArmError | undefined {
  const usage = regionUsage(store, stored.subscriptionId, stored.location, stored);
  return refuseQuota(limits, stored.location, usage, usageOf(stored.group));
}
