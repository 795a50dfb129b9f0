import type { HttpRequest } from '@azure/functions';
import { type ContainerGroupId, containerGroupIdFaults } from '../../aci/containerGroupId.ts';
import { throwFaults } from './checkedBody.ts';

/** The container group that a request's path names. @throws InvalidRequest with every name that breaks ARM's rules. */
export function containerGroupOf({ params }: HttpRequest): ContainerGroupId {
  const { subscriptionId = '', resourceGroup = '', name = '' } = params;
  const id = { subscriptionId, resourceGroup, name };
  throwFaults(containerGroupIdFaults(id));
  return id;
}

/** The part of a path that names this container group. */
export function containerGroupPath({ subscriptionId, resourceGroup, name }: ContainerGroupId): string {
  return `azure/containers/${subscriptionId}/${resourceGroup}/${name}`;
}
