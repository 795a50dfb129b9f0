import {
  type ArmError,
  invalidResourceGroup,
  invalidSubscriptionId,
  resourceGroupBeingDeleted,
  resourceGroupNotFound,
  subscriptionNotFound,
} from '../armErrors.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const resourceGroupName = /^[\p{L}\p{N}_().-]{0,89}[\p{L}\p{N}_()-]$/u;

export function refuseSubscriptionId({ params }: ArmRequest): ArmError | undefined {
  const { subscriptionId = '' } = params;
  return guid.test(subscriptionId) ? undefined : invalidSubscriptionId(subscriptionId);
}

export function refuseResourceGroupName({ params }: ArmRequest): ArmError | undefined {
  const { resourceGroup = '' } = params;
  return resourceGroupName.test(resourceGroup) ? undefined : invalidResourceGroup(resourceGroup);
}

/** Refuses a subscription that cannot be, or, where the cloud is strict, is not. */
export function refuseSubscription(cloud: Cloud, request: ArmRequest): ArmError | undefined {
  const { subscriptionId = '' } = request.params;
  const isMissing = cloud.strict && !cloud.store.subscription(subscriptionId);
  return refuseSubscriptionId(request) ?? (isMissing ? subscriptionNotFound(subscriptionId) : undefined);
}

/** Refuses a resource group that cannot be, or, where the cloud is strict, is not. */
export function refuseScope(cloud: Cloud, request: ArmRequest): ArmError | undefined {
  const { subscriptionId = '', resourceGroup = '' } = request.params;
  const isMissing = cloud.strict && !cloud.store.resourceGroup(subscriptionId, resourceGroup);
  return (
    refuseSubscription(cloud, request) ??
    refuseResourceGroupName(request) ??
    (isMissing ? resourceGroupNotFound(resourceGroup) : undefined)
  );
}

/** Refuses to write to a resource group that is on its way out. */
export function refuseBeingDeleted({ store }: Cloud, { params }: ArmRequest): ArmError | undefined {
  const { subscriptionId = '', resourceGroup = '' } = params;
  return store.resourceGroup(subscriptionId, resourceGroup)?.deletion
    ? resourceGroupBeingDeleted(resourceGroup)
    : undefined;
}
