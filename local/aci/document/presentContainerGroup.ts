import { uuidOf } from '../../identity/principal.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { regionOf } from '../region.ts';
import { hasConfigMap } from '../routes/apiVersions.ts';
import { keepReturned } from '../schema/filterMembers.ts';
import type { SchemaNode } from '../schema/propertySchema.ts';
import type { StoredGroup } from '../store.ts';

export type Presentation = {
  schema: SchemaNode;
  apiVersion: string;
  /** GET of one group has it, lists do not. */
  withInstanceView: boolean;
};

/** A container group as the service returns it: no write-only value, and what the service adds. */
export function presentContainerGroup(stored: StoredGroup, how: Presentation): JsonObject {
  const returned = keepReturned(how.schema, stored.document) as JsonObject;
  return {
    ...returned,
    ...presentIdentity(stored, returned['identity']),
    id: stored.id,
    name: stored.name,
    type: 'Microsoft.ContainerInstance/containerGroups',
    location: stored.location,
    properties: presentProperties(stored, asObject(returned['properties']), how),
  };
}

function presentProperties(stored: StoredGroup, properties: JsonObject, how: Presentation): JsonObject {
  const { containers, initContainers, ipAddress, imageRegistryCredentials } = properties;
  return {
    sku: 'Standard',
    ...properties,
    provisioningState: provisioningState(stored),
    // Undocumented, and in every recorded answer since 2023.
    provisioningTimeoutInSeconds: 1800,
    isCustomProvisioningTimeout: false,
    isCreatedFromStandbyPool: false,
    containers: presentContainers(stored, asArray(containers), how, hasConfigMap(how.apiVersion)),
    ...(initContainers && { initContainers: presentContainers(stored, asArray(initContainers), how, false) }),
    ...(ipAddress && { ipAddress: presentIpAddress(stored, asObject(ipAddress)) }),
    ...(imageRegistryCredentials && {
      imageRegistryCredentials: asArray(imageRegistryCredentials).map((credential) => ({
        ...asObject(credential),
        isDelegatedIdentity: false,
      })),
    }),
    ...(how.withInstanceView && { instanceView: { events: [], state: stored.life.state() } }),
  };
}

/** Deleting wins; an update or a restart is Updating until it is over, where a create is Pending, then Creating. */
function provisioningState({ life, deletion, isUpdate }: StoredGroup): string {
  const provisioning = life.provisioning();
  const isOver = provisioning === 'Succeeded' || provisioning === 'Failed';
  return deletion ? 'Deleting' : isUpdate && !isOver ? 'Updating' : provisioning;
}

function presentContainers(
  stored: StoredGroup,
  containers: Json[],
  how: Presentation,
  withConfigMap: boolean,
): Json[] {
  return containers.map((one) => {
    const container = asObject(one);
    const view = how.withInstanceView ? stored.life.instanceView(String(container['name'])) : undefined;
    return {
      ...container,
      properties: {
        // Returned even when it was never set.
        ...(withConfigMap && { configMap: { keyValuePairs: {} } }),
        ...asObject(container['properties']),
        ...(view && { instanceView: { ...view } as unknown as JsonObject }),
      },
    };
  });
}

function presentIpAddress({ publicIp, location }: StoredGroup, ipAddress: JsonObject): JsonObject {
  const label = ipAddress['dnsNameLabel'];
  return {
    ...ipAddress,
    ...(publicIp !== undefined && { ip: publicIp }),
    ...(typeof label === 'string' && { fqdn: `${label}.${regionOf(location)}.azurecontainer.io` }),
  };
}

/** Gives each identity the ids that a directory would have given it: the same ones every time. */
function presentIdentity({ id, subscriptionId }: StoredGroup, identity: Json | undefined): JsonObject {
  if (!isJsonObject(identity)) {
    return {};
  }
  const assigned = identity['userAssignedIdentities'];
  const users = Object.entries(isJsonObject(assigned) ? assigned : {}).map(([key, value]) => [
    key,
    { ...asObject(value), principalId: uuidOf(`principal ${key}`), clientId: uuidOf(`client ${key}`) },
  ]);
  const hasOwn = String(identity['type']).toLowerCase().includes('systemassigned');
  return {
    identity: {
      ...identity,
      ...(hasOwn && { principalId: uuidOf(id), tenantId: uuidOf(`tenant ${subscriptionId}`) }),
      ...(users.length > 0 && { userAssignedIdentities: Object.fromEntries(users) }),
    },
  };
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
