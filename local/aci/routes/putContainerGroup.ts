import { randomInt } from 'node:crypto';
import {
  type ArmError,
  containerGroupTransitioning,
  invalidResourceLocation,
  locationRequired,
} from '../armErrors.ts';
import { findRefusal } from '../document/findRefusal.ts';
import { presentContainerGroup } from '../document/presentContainerGroup.ts';
import { readContainerGroup, type WrittenGroup } from '../document/readContainerGroup.ts';
import { readContent } from '../document/readContent.ts';
import { refuseUpdate } from '../document/refuseUpdate.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { type GroupLife, type Replaced, startGroupLife } from '../life/groupLife.ts';
import type { StoredGroup } from '../store.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseScope } from './scope.ts';

/** PUT of a container group: creates it, or replaces its document whole and starts every container anew. */
export function putContainerGroup(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', resourceGroup = '', name = '' } = request.params;
  const scopeError = refuseScope(cloud, request);
  if (scopeError) {
    return refuse(scopeError);
  }
  const read = readContent(request.body);
  const written = 'error' in read ? read : readContainerGroup(cloud.schema, read.content, cloud);
  if ('error' in written) {
    return refuse(written.error);
  }
  const existing = cloud.store.group(subscriptionId, resourceGroup, name);
  const error = findRefusal(name, written.group) ?? refuseOver(existing, name, resourceGroup, written);
  if (error) {
    return refuse(error);
  }
  const stored = launch(cloud, request.params, written, existing);
  return answer(cloud, request, stored, existing ? 200 : 201);
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

function isTransitioning({ life, deletion }: StoredGroup): boolean {
  const provisioning = life.provisioning();
  return deletion !== undefined || provisioning === 'Pending' || provisioning === 'Creating';
}

type Started = StoredGroup & { operationId: string };

function launch(
  { store, operations, clock, timings, lives }: Cloud,
  { subscriptionId = '', resourceGroup = '', name = '' }: Record<string, string>,
  written: WrittenGroup,
  existing: StoredGroup | undefined,
): Started {
  const owner = store.ensureResourceGroup(subscriptionId, resourceGroup);
  const operation = operations.begin(new Date(clock.now()).toISOString());
  const publicIp = choosePublicIp(written, existing);
  const replaced = existing && endOf(existing.life, lives);
  const onProvisioning = (status: typeof operation.status) => {
    operation.status = status;
  };
  const life = startGroupLife(written.group, { name, clock, timings, onProvisioning }, replaced);
  lives.add(life);
  const stored = {
    ...written,
    id: `/subscriptions/${subscriptionId}/resourceGroups/${owner.name}/providers/Microsoft.ContainerInstance/containerGroups/${name}`,
    subscriptionId,
    resourceGroup: owner.name,
    name,
    location: written.group.location || (existing?.location ?? ''),
    publicIp,
    isUpdate: existing !== undefined,
    life,
  };
  store.put(stored);
  return { ...stored, operationId: operation.operationId };
}

/** A function of its own, lest what it closes over keep every generation of a group alive through the next. */
function endOf(life: GroupLife, lives: Set<GroupLife>): Replaced {
  const ended = life.end('stop');
  void ended.then(() => lives.delete(life));
  return { life, ended };
}

/** An address outlives an update, but not of a group that has ended: that one is deployed as new. */
function choosePublicIp({ group }: WrittenGroup, existing: StoredGroup | undefined): string | undefined {
  if (group.properties.ipAddress?.type.toLowerCase() !== 'public') {
    return undefined;
  }
  const state = existing?.life.state();
  const hasEnded = state === 'Succeeded' || state === 'Failed';
  const kept = hasEnded ? undefined : existing?.publicIp;
  return kept ?? `20.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
}

/** Create is as recorded; [U] that an update names its operation too. */
function answer(cloud: Cloud, { apiVersion, origin }: ArmRequest, stored: Started, status: number): Answer {
  const { subscriptionId, location, operationId } = stored;
  const operation = `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/${regionOf(location)}/operations/${operationId}`;
  return {
    status,
    headers: { 'Azure-AsyncOperation': `${origin}${encodeURI(operation)}?api-version=2018-06-01` },
    body: presentContainerGroup(stored, { schema: cloud.schema, apiVersion, withInstanceView: true }),
  };
}

function regionOf(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
