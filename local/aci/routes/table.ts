import { containerGroupsApi, operationsApi, resourceGroupsApi, subscriptionsApi } from './apiVersions.ts';
import type { Cloud } from './cloud.ts';
import { getContainerLogs } from './containerLogs.ts';
import { deleteContainerGroup } from './deleteContainerGroup.ts';
import { pollOperation } from './pollOperation.ts';
import { putContainerGroup } from './putContainerGroup.ts';
import { getContainerGroup, listByResourceGroup, listBySubscription } from './readContainerGroups.ts';
import { putResourceGroup } from './resourceGroups.ts';
import type { ArmRequest, Route } from './route.ts';
import { listSubscriptions } from './subscriptions.ts';

const subscription = '/subscriptions/{subscriptionId}';
const provider = 'providers/Microsoft.ContainerInstance';
const groups = `${subscription}/resourceGroups/{resourceGroup}/${provider}/containerGroups`;
const group = `${groups}/{name}`;

/** Every route of ARM that the emulator has. */
export function createRoutes(cloud: Cloud): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    api: Route['api'],
    handle: (cloud: Cloud, request: ArmRequest) => ReturnType<Route['handle']>,
  ): Route => ({ method, path, api, handle: (request) => handle(cloud, request) });
  return [
    route('GET', '/subscriptions', subscriptionsApi, listSubscriptions),
    route('PUT', `${subscription}/resourceGroups/{resourceGroup}`, resourceGroupsApi, putResourceGroup),
    route('GET', `${subscription}/${provider}/containerGroups`, containerGroupsApi, listBySubscription),
    route('GET', groups, containerGroupsApi, listByResourceGroup),
    route('GET', group, containerGroupsApi, getContainerGroup),
    route('PUT', group, containerGroupsApi, putContainerGroup),
    route('DELETE', group, containerGroupsApi, deleteContainerGroup),
    route('GET', `${group}/containers/{container}/logs`, containerGroupsApi, getContainerLogs),
    route(
      'GET',
      `${subscription}/${provider}/locations/{location}/operations/{operationId}`,
      operationsApi,
      pollOperation,
    ),
  ];
}
