import {
  containerGroupsApi,
  metricsApi,
  operationsApi,
  resourceGroupsApi,
  subscriptionsApi,
} from './apiVersions.ts';
import { attachToContainer, executeInContainer } from './connectToContainer.ts';
import { getContainerLogs } from './containerLogs.ts';
import { deleteContainerGroup } from './deleteContainerGroup.ts';
import { listMetrics } from './listMetrics.ts';
import { listCachedImages, listCapabilities, listUsages } from './locations.ts';
import { patchContainerGroup } from './patchContainerGroup.ts';
import { pollOperation } from './pollOperation.ts';
import { listProviderOperations } from './providerOperations.ts';
import { putContainerGroup } from './putContainerGroup.ts';
import {
  getContainerGroup,
  listByResourceGroup,
  listBySubscription,
  listOutboundDependencies,
} from './readContainerGroups.ts';
import {
  deleteResourceGroup,
  getResourceGroup,
  listResourceGroups,
  pollResourceGroupDeletion,
  putResourceGroup,
} from './resourceGroups.ts';
import type { Route } from './route.ts';
import { restartContainerGroup, startContainerGroup } from './startContainerGroup.ts';
import { stopContainerGroup } from './stopContainerGroup.ts';
import { listSubscriptions } from './subscriptions.ts';

const subscription = '/subscriptions/{subscriptionId}';
const resourceGroups = `${subscription}/resourceGroups`;
const resourceGroup = `${resourceGroups}/{resourceGroup}`;
const provider = 'Microsoft.ContainerInstance';
const groups = `${resourceGroup}/providers/${provider}/containerGroups`;
const group = `${groups}/{name}`;
const container = `${group}/containers/{container}`;
const location = `${subscription}/providers/${provider}/locations/{location}`;

type Row = [Route['method'], path: string, action: string, Route['handle']];

const resources: [Route['api'], ...Row][] = [
  [subscriptionsApi, 'GET', '/subscriptions', 'subscriptions/read', listSubscriptions],
  [resourceGroupsApi, 'GET', resourceGroups, 'subscriptions/resourceGroups/read', listResourceGroups],
  [resourceGroupsApi, 'PUT', resourceGroup, 'subscriptions/resourceGroups/write', putResourceGroup],
  [resourceGroupsApi, 'GET', resourceGroup, 'subscriptions/resourceGroups/read', getResourceGroup],
  [resourceGroupsApi, 'DELETE', resourceGroup, 'subscriptions/resourceGroups/delete', deleteResourceGroup],
  [
    resourceGroupsApi,
    'GET',
    `${subscription}/operationresults/{operationId}`,
    'subscriptions/operationresults/read',
    pollResourceGroupDeletion,
  ],
];

const containerInstance: Row[] = [
  [
    'GET',
    `${subscription}/providers/${provider}/containerGroups`,
    'containerGroups/read',
    listBySubscription,
  ],
  ['GET', groups, 'containerGroups/read', listByResourceGroup],
  ['GET', group, 'containerGroups/read', getContainerGroup],
  ['PUT', group, 'containerGroups/write', putContainerGroup],
  ['PATCH', group, 'containerGroups/write', patchContainerGroup],
  ['DELETE', group, 'containerGroups/delete', deleteContainerGroup],
  ['POST', `${group}/start`, 'containerGroups/start/action', startContainerGroup],
  ['POST', `${group}/stop`, 'containerGroups/stop/action', stopContainerGroup],
  ['POST', `${group}/restart`, 'containerGroups/restart/action', restartContainerGroup],
  [
    'GET',
    `${group}/outboundNetworkDependenciesEndpoints`,
    'containerGroups/outboundNetworkDependenciesEndpoints/read',
    listOutboundDependencies,
  ],
  ['GET', `${container}/logs`, 'containerGroups/containers/logs/read', getContainerLogs],
  ['POST', `${container}/exec`, 'containerGroups/containers/exec/action', executeInContainer],
  ['POST', `${container}/attach`, 'containerGroups/containers/attach/action', attachToContainer],
  ['GET', `${location}/usages`, 'locations/usages/read', listUsages],
  ['GET', `${location}/capabilities`, 'locations/capabilities/read', listCapabilities],
  ['GET', `${location}/cachedImages`, 'locations/cachedImages/read', listCachedImages],
];

/** Every route of ARM that the emulator has. */
export const routes: readonly Route[] = [
  ...resources.map(([api, method, path, action, handle]) => ({
    method,
    path,
    api,
    action: `Microsoft.Resources/${action}`,
    handle,
  })),
  ...containerInstance.map(([method, path, action, handle]) => ({
    method,
    path,
    api: containerGroupsApi,
    action: `${provider}/${action}`,
    handle,
  })),
  {
    method: 'GET',
    path: `${location}/operations/{operationId}`,
    api: operationsApi,
    action: `${provider}/locations/operations/read`,
    handle: pollOperation,
  },
  {
    method: 'GET',
    path: `${group}/providers/Microsoft.Insights/metrics`,
    api: metricsApi,
    action: 'Microsoft.Insights/metrics/read',
    handle: listMetrics,
  },
  {
    method: 'GET',
    path: `/providers/${provider}/operations`,
    api: containerGroupsApi,
    action: `${provider}/operations/read`,
    handle: () => listProviderOperations(routes),
  },
];
