import type { HttpRequest } from '@azure/functions';
import { type ContainerGroupId, containerGroupIdFaults } from '../../aci/containerGroupId.ts';
import { InvalidRequest } from '../../aci/errors.ts';

/** The part of a route that names a container group. */
export const containerGroupRoute = 'azure/containers/{subscriptionId}/{resourceGroup}/{name}';

/** The container group that a request's path names. @throws InvalidRequest with every name that breaks ARM's rules. */
export function containerGroupOf({ params }: HttpRequest): ContainerGroupId {
  const { subscriptionId = '', resourceGroup = '', name = '' } = params;
  const id = { subscriptionId, resourceGroup, name };
  const faults = containerGroupIdFaults(id);
  if (faults.length > 0) {
    throw new InvalidRequest(faults);
  }
  return id;
}
