import { type ArmError, invalidResourceLocation, locationRequired } from '../armErrors.ts';
import { containerGroupTransitioning } from '../containerGroupErrors.ts';
import { findRefusal } from '../document/findRefusal.ts';
import { presentContainerGroup } from '../document/presentContainerGroup.ts';
import { readContainerGroup, type WrittenGroup } from '../document/readContainerGroup.ts';
import { readContent } from '../document/readContent.ts';
import { refuseQuota } from '../document/refuseQuota.ts';
import { refuseUpdate } from '../document/refuseUpdate.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { regionOf } from '../region.ts';
import { regionUsage, usageOf } from '../regionUsage.ts';
import type { StoredGroup } from '../store.ts';
import { asyncOperationHeader } from './asyncOperation.ts';
import { beginLife } from './beginLife.ts';
import type { Cloud } from './cloud.ts';
import { isTransitioning } from './findGroup.ts';
import type { ArmRequest } from './route.ts';
import { refuseBeingDeleted, refuseScope } from './scope.ts';

/** PUT of a container group: creates it, or replaces its document whole and starts every container anew. */
export function putContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const scopeError = refuseScope(cloud, request) ?? refuseBeingDeleted(cloud, request);
  if (scopeError) {
    return refuse(scopeError);
  }
  const read = readContent(request.body);
  const written = 'error' in read ? read : readContainerGroup(cloud.schema, read.content, cloud);
  if ('error' in written) {
    return refuse(written.error);
  }
  const existing = cloud.store.group(subscriptionId, resourceGroup, name);
  const location = written.group.location || (existing?.location ?? '');
  const error =
    findRefusal(name, { ...written.group, location }) ??
    refuseOver(existing, name, resourceGroup, written) ??
    refuseOverQuota(cloud, subscriptionId, location, written, existing);
  if (error) {
    return refuse(error);
  }
  const owner = cloud.store.ensureResourceGroup(subscriptionId, resourceGroup);
  const group = {
    ...written,
    id: `/subscriptions/${subscriptionId}/resourceGroups/${owner.name}/providers/Microsoft.ContainerInstance/containerGroups/${name}`,
    subscriptionId,
    resourceGroup: owner.name,
    name,
    location,
    isUpdate: existing !== undefined,
  };
  const { stored, operation } = beginLife(cloud, group, existing);
  const { schema } = cloud;
  return {
    status: existing ? 200 : 201,
    // Recorded for a create; [U] that an update names its operation too.
    headers: asyncOperationHeader(request, stored, operation),
    body: presentContainerGroup(stored, { schema, apiVersion: request.apiVersion, withInstanceView: true }),
  };
}

function refuseOver(
  existing: StoredGroup | undefined,
  name: string,
  resourceGroup: string,
  { group }: WrittenGroup,
): ArmError | undefined {
  if (!existing) {
    return group.location ? undefined : locationRequired();
  }
  if (isTransitioning(existing)) {
    return containerGroupTransitioning(name);
  }
  if (group.location && regionOf(group.location) !== regionOf(existing.location)) {
    return invalidResourceLocation(name, resourceGroup, existing.location, group.location);
  }
  return refuseUpdate(name, existing.group, group);
}

function refuseOverQuota(
  { store, limits }: Cloud,
  subscriptionId: string,
  location: string,
  { group }: WrittenGroup,
  existing: StoredGroup | undefined,
): ArmError | undefined {
  const usage = regionUsage(store, subscriptionId, location, existing);
  return refuseQuota(limits, location, usage, usageOf(group));
}
