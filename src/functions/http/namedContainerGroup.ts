import type { HttpRequest } from '@azure/functions';
import { type ContainerGroupId, containerGroupIdFaults } from '../../aci/containerGroupId.ts';
import { type ContainerGroupName, check } from '../containerGroupName.schema.ts';
import { readCheckedBody } from './checkedBody.ts';

/** The container group that a request's body names. @throws as `readCheckedBody`. */
export async function namedContainerGroup(request: HttpRequest): Promise<ContainerGroupId> {
  return idOf(await readCheckedBody<ContainerGroupName>(request, check, faultsOf));
}

function faultsOf(body: ContainerGroupName) {
  return containerGroupIdFaults(idOf(body), {
    subscriptionId: '/subscriptionId',
    resourceGroup: '/resourceGroup',
    name: '/containerName',
  });
}

function idOf({ subscriptionId, resourceGroup, containerName }: ContainerGroupName): ContainerGroupId {
  return { subscriptionId, resourceGroup, name: containerName };
}
