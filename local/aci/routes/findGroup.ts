import { type ArmError, resourceNotFound } from '../armErrors.ts';
import { containerGroupTransitioning, containerNotFound } from '../containerGroupErrors.ts';
import { allContainers } from '../document/containerGroup.ts';
import type { StoredGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseScope } from './scope.ts';

/** The container group that a request's path names, or why there is none. */
export function findGroup(cloud: Cloud, request: ArmRequest): StoredGroup | { error: ArmError } {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const error = refuseScope(cloud, request);
  if (error) {
    return { error };
  }
  return (
    cloud.store.group(subscriptionId, resourceGroup, name) ?? { error: resourceNotFound(resourceGroup, name) }
  );
}

/** The same for what changes a group: one that is busy, or on its way out, takes no orders. */
export function findIdleGroup(cloud: Cloud, request: ArmRequest): StoredGroup | { error: ArmError } {
  const stored = findGroup(cloud, request);
  return !('error' in stored) && isTransitioning(stored)
    ? { error: containerGroupTransitioning(stored.name) }
    : stored;
}

export function isTransitioning({ life, deletion }: StoredGroup): boolean {
  return deletion !== undefined || life.isTransitioning();
}

/** The container that a request's path names, an init container too, with its group. */
export function findContainer(
  cloud: Cloud,
  request: ArmRequest,
): { stored: StoredGroup; container: string } | { error: ArmError } {
  const stored = findGroup(cloud, request);
  if ('error' in stored) {
    return stored;
  }
  const { container = '' } = request.params;
  const found = allContainers(stored.group).find(({ name }) => name === container.toLowerCase());
  return found ? { stored, container: found.name } : { error: containerNotFound(container, stored.name) };
}
