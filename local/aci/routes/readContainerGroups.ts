import { presentContainerGroup } from '../document/presentContainerGroup.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { StoredGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';
import { findGroup } from './findGroup.ts';
import { answerPage } from './page.ts';
import type { ArmRequest } from './route.ts';
import { refuseScope, refuseSubscription } from './scope.ts';

export function getContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const stored = findGroup(cloud, request);
  if ('error' in stored) {
    return refuse(stored.error);
  }
  const { schema } = cloud;
  return {
    status: 200,
    body: presentContainerGroup(stored, { schema, apiVersion: request.apiVersion, withInstanceView: true }),
  };
}

export function listByResourceGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const error = refuseScope(cloud, request);
  const groups = cloud.store.resourceGroup(subscriptionId, resourceGroup)?.groups.values() ?? [];
  return error ? refuse(error) : list(cloud, request, [...groups]);
}

export function listBySubscription(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '' } = request.params;
  const error = refuseSubscription(cloud, request);
  const owners = cloud.store.subscription(subscriptionId)?.resourceGroups.values() ?? [];
  const groups = [...owners].flatMap((owner) => [...owner.groups.values()]);
  return error ? refuse(error) : list(cloud, request, groups);
}

/** GET of the addresses that a group must reach: always an empty list, says the specification. */
export function listOutboundDependencies(cloud: Cloud, request: ArmRequest): Answer {
  const stored = findGroup(cloud, request);
  return 'error' in stored ? refuse(stored.error) : { status: 200, body: [] };
}

/** Lists carry no instance view, at group or container level (recorded). */
function list(cloud: Cloud, request: ArmRequest, groups: StoredGroup[]): Answer {
  const how = { schema: cloud.schema, apiVersion: request.apiVersion, withInstanceView: false };
  return answerPage(cloud, request, groups, (group) => presentContainerGroup(group, how));
}
