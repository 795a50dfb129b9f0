import type { PropertyPath } from './propertyPaths.ts';

/**
 * What a container group's document holds that a launch must treat apart. The paths are those of ACI's REST
 * specification 2026-07-01; a test holds each list against the property list in
 * local/aci/container-group-properties.tsv, where the source of every row is kept.
 */

/**
 * What ARM answers and a PUT must leave out. The last four are in no stable specification: ARM has returned the first
 * three since 2023 and refuses them (`CustomProvisioningTimeoutInSecondsNotSuppported`, Azure/terraform-provider-azapi
 * issue 993); that a PUT accepts isDelegatedIdentity is unverified.
 */
export const readOnlyProperties: readonly PropertyPath[] = [
  'id',
  'name',
  'type',
  'systemData',
  'identity.principalId',
  'identity.tenantId',
  'identity.userAssignedIdentities.{key}.principalId',
  'identity.userAssignedIdentities.{key}.clientId',
  'properties.provisioningState',
  'properties.instanceView',
  'properties.containers[].properties.instanceView',
  'properties.initContainers[].properties.instanceView',
  'properties.ipAddress.fqdn',
  'properties.isCreatedFromStandbyPool',
  'properties.provisioningTimeoutInSeconds',
  'properties.isCustomProvisioningTimeout',
  'properties.customProvisioningTimeoutInSeconds',
  'properties.imageRegistryCredentials[].isDelegatedIdentity',
];

/** Environment variables that ARM answers as a bare `{name}`: neither value nor reference beside it. */
export const secureVariableProperties: readonly PropertyPath[] = [
  'properties.containers[].properties.environmentVariables[].secureValue',
  'properties.initContainers[].properties.environmentVariables[].secureValue',
];

/** The other values that ARM takes and never answers, each with the members that may stand in its place. */
export const writeOnlyProperties = [
  {
    secret: 'registry',
    path: 'properties.imageRegistryCredentials[].password',
    instead: ['passwordReference', 'identity'],
  },
  {
    secret: 'volume',
    path: 'properties.volumes[].azureFile.storageAccountKey',
    instead: ['storageAccountKeyReference', 'userAssignedIdentityClientId'],
  },
  { secret: 'volumeKey', path: 'properties.volumes[].secret.{key}', instead: [] },
  { secret: 'workspaceKey', path: 'properties.diagnostics.logAnalytics.workspaceKey', instead: [] },
  {
    secret: 'workspaceResourceId',
    path: 'properties.diagnostics.logAnalytics.workspaceResourceId',
    instead: [],
  },
] as const satisfies readonly { secret: string; path: PropertyPath; instead: readonly string[] }[];

/** What ACI refuses to change in an existing group (`InvalidContainerGroupUpdate`): delete and create again. */
export const fixedProperties: readonly PropertyPath[] = [
  'properties.osType',
  'properties.restartPolicy',
  'properties.subnetIds',
  'properties.containers[].properties.resources',
];
