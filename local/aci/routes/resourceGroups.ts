import { locationRequired, operationNotFound, resourceGroupNotFound } from '../armErrors.ts';
import { readContent } from '../document/readContent.ts';
import { type Answer, refuse } from '../http/answer.ts';
import type { Operation } from '../operations.ts';
import type { StoredResourceGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';
import { answerPage } from './page.ts';
import { removeContainerGroup } from './removeContainerGroup.ts';
import type { ArmRequest } from './route.ts';
import {
  refuseBeingDeleted,
  refuseResourceGroupName,
  refuseSubscription,
  refuseSubscriptionId,
} from './scope.ts';

/** PUT of a resource group: brings it, and its subscription, into being. Of its content only the location is kept. */
export function putResourceGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const error =
    refuseSubscriptionId(request) ?? refuseResourceGroupName(request) ?? refuseBeingDeleted(cloud, request);
  if (error) {
    return refuse(error);
  }
  const read = readContent(request.body);
  if ('error' in read) {
    return refuse(read.error);
  }
  const { location } = read.content;
  if (typeof location !== 'string') {
    return refuse(locationRequired());
  }
  const isNew = !cloud.store.resourceGroup(subscriptionId, resourceGroup);
  const stored = cloud.store.ensureResourceGroup(subscriptionId, resourceGroup);
  stored.location = location;
  return { status: isNew ? 201 : 200, body: present(subscriptionId, stored) };
}

export function getResourceGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const error = refuseSubscription(cloud, request) ?? refuseResourceGroupName(request);
  if (error) {
    return refuse(error);
  }
  const stored = cloud.store.resourceGroup(subscriptionId, resourceGroup);
  return stored
    ? { status: 200, body: present(subscriptionId, stored) }
    : refuse(resourceGroupNotFound(resourceGroup));
}

/** GET of a subscription's resource groups. */
export function listResourceGroups(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '' } = request.params;
  const error = refuseSubscription(cloud, request);
  const owners = cloud.store.subscription(subscriptionId)?.resourceGroups.values() ?? [];
  return error
    ? refuse(error)
    : answerPage(cloud, request, [...owners], (owner) => present(subscriptionId, owner));
}

/** DELETE of a resource group, with all that is in it: 202, and a Location to ask whether it is over. */
export function deleteResourceGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const error = refuseSubscription(cloud, request) ?? refuseResourceGroupName(request);
  if (error) {
    return refuse(error);
  }
  const stored = cloud.store.resourceGroup(subscriptionId, resourceGroup);
  if (!stored) {
    return refuse(resourceGroupNotFound(resourceGroup));
  }
  const operation = cloud.operations.begin(new Date(cloud.clock.now()).toISOString());
  stored.deletion ??= remove(cloud, subscriptionId, stored);
  void stored.deletion.then(() => {
    operation.status = 'Succeeded';
  });
  return stillDeleting(request, operation);
}

/** GET of the Location that the deletion of a resource group gave: 202 until it is over, then 200. */
export function pollResourceGroupDeletion(cloud: Cloud, request: ArmRequest): Answer {
  const { operationId = '' } = request.params;
  const operation = cloud.operations.find(operationId);
  if (!operation) {
    return refuse(operationNotFound(operationId));
  }
  return operation.status === 'Succeeded' ? { status: 200 } : stillDeleting(request, operation);
}

async function remove(cloud: Cloud, subscriptionId: string, stored: StoredResourceGroup): Promise<void> {
  const { store } = cloud;
  await Promise.all([...stored.groups.values()].map((group) => removeContainerGroup(cloud, group)));
  store.removeResourceGroup(subscriptionId, stored.name);
}

/** ARM asks for 15 s between two looks; what goes on here is over sooner. */
function stillDeleting({ origin, params, apiVersion }: ArmRequest, { operationId }: Operation): Answer {
  const location = `${origin}/subscriptions/${params['subscriptionId']}/operationresults/${operationId}?api-version=${apiVersion}`;
  return { status: 202, headers: { Location: location, 'Retry-After': '1' } };
}

function present(subscriptionId: string, { name, location, deletion }: StoredResourceGroup): object {
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${name}`,
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    properties: { provisioningState: deletion ? 'Deleting' : 'Succeeded' },
  };
}
