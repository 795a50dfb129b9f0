import { resourceNotFound } from '../armErrors.ts';
import { presentContainerGroup } from '../document/presentContainerGroup.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { StoredGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseScope, refuseSubscription } from './scope.ts';

export function getContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const error = refuseScope(cloud, request);
  if (error) {
    return refuse(error);
  }
  const stored = cloud.store.group(subscriptionId, resourceGroup, name);
  return stored
    ? {
        status: 200,
        body: presentContainerGroup(stored, {
          schema: cloud.schema,
          apiVersion: request.apiVersion,
          withInstanceView: true,
        }),
      }
    : refuse(resourceNotFound(resourceGroup, name));
}

export function listByResourceGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const error = refuseScope(cloud, request);
  const groups = cloud.store.resourceGroup(subscriptionId, resourceGroup)?.groups.values() ?? [];
  return error ? refuse(error) : list(cloud, request, [...groups]);
}

export function listBySubscription(cloud: Cloud, request: ArmRequest): Answer {
  const error = refuseSubscription(cloud, request);
  const owners =
    cloud.store.subscription(request.params['subscriptionId'] ?? '')?.resourceGroups.values() ?? [];
  return error
    ? refuse(error)
    : list(
        cloud,
        request,
        [...owners].flatMap(({ groups }) => [...groups.values()]),
      );
}

function list({ schema }: Cloud, { apiVersion }: ArmRequest, groups: StoredGroup[]): Answer {
  const how = { schema, apiVersion, withInstanceView: false };
  return { status: 200, body: { value: groups.map((group) => presentContainerGroup(group, how)) } };
}
