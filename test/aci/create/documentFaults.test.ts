import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { containerGroupFrom } from '../../../src/aci/create/containerGroupFrom.ts';
import { documentFaults } from '../../../src/aci/create/documentFaults.ts';
import type { JsonObject, JsonValue } from '../../../src/aci/json.ts';
import { updateParents } from '../../../src/aci/propertyPaths.ts';
import { containerGroupProperties } from '../containerGroupProperties.ts';
import { full } from './requests.ts';

const requests = { cpu: 1, memoryInGB: 1 };

function container(name: string, properties: JsonObject = {}): JsonObject {
  return { name, properties: { image: 'a', resources: { requests }, ...properties } };
}

function group(properties: JsonObject = {}, outer: JsonObject = {}): JsonObject {
  return {
    location: 'westeurope',
    properties: { osType: 'Linux', containers: [container('main')], ...properties },
    ...outer,
  };
}

const withContainer = (properties: JsonObject, rest: JsonObject = {}) =>
  group({ containers: [container('main', properties)], ...rest });

const withAddress = (ipAddress: JsonObject, rest: JsonObject = {}) =>
  withContainer(
    { ports: [{ port: 80 }] },
    { ipAddress: { type: 'Public', ports: [{ port: 80 }], ...ipAddress }, ...rest },
  );

const withVariables = (...environmentVariables: JsonObject[]) => withContainer({ environmentVariables });

const withVolume = (volume: JsonObject, mounts: JsonObject[] = []) =>
  withContainer({ volumeMounts: mounts }, { volumes: [{ name: 'files', ...volume }] });

const faultsOf = (document: unknown) => documentFaults(document).map(({ code, target }) => [code, target]);

const main = '/properties/containers/0/properties';
const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));

describe('a document without a fault', () => {
  test.each<[string, JsonObject]>([
    ['is a small one', group()],
    ['may hold null for whatever may be left out', group({ volumes: null, ipAddress: null }, { tags: null })],
    ['may hold members of tomorrow', group({ future: { a: 1 } }, { future: 1 })],
    ['may hold a volume of a kind of tomorrow', withVolume({ future: {} })],
    ['may hold what a GET adds', group({ provisioningState: 'Succeeded' }, { id: 'a', systemData: {} })],
    ['may write words in any case', group({ osType: 'linux', restartPolicy: 'never', priority: 'regular' })],
    ['may join the kinds of identity without a space', group({}, { identity: { type: 'systemassigned' } })],
    ['may declare a volume that nothing mounts', withVolume({ emptyDir: {} })],
    ['may have an empty variable', withVariables({ name: 'A', value: '' }, { name: 'B', secureValue: '' })],
    [
      'may open one port for TCP and UDP',
      withContainer({ ports: [{ port: 1 }, { port: 1, protocol: 'UDP' }] }),
    ],
    [
      'may leave image, resources and osType to a profile',
      {
        location: 'a',
        properties: { containers: [{ name: 'a', properties: {} }], containerGroupProfile: { id: 'p' } },
      },
    ],
    [
      'may ask for amounts that binary fractions do not hold',
      withContainer({ resources: { requests: { cpu: 0.3, memoryInGB: 1.1 }, limits: { cpu: 0.3 } } }),
    ],
    [
      'may let limits use what other containers leave',
      group({
        containers: [
          container('a', { resources: { requests: { cpu: 0.1, memoryInGB: 1 }, limits: { cpu: 0.3 } } }),
          container('b', { resources: { requests: { cpu: 0.2, memoryInGB: 1 } } }),
        ],
      }),
    ],
    [
      'may have sixty containers',
      group({
        containers: many(60, (index) =>
          container(`c${index}`, { resources: { requests: { cpu: 0.1, memoryInGB: 0.1 } } }),
        ),
      }),
    ],
    [
      'may have names as long as they come',
      group({ containers: [container('a'.repeat(63))], volumes: [{ name: 'b'.repeat(63), emptyDir: {} }] }),
    ],
    ['may have the last port', withContainer({ ports: [{ port: 1 }, { port: 65_535 }] })],
    [
      'may have five ports',
      withAddress(
        { ports: many(5, (index) => ({ port: 80 + index })) },
        { containers: [container('main', { ports: many(5, (index) => ({ port: 80 + index })) })] },
      ),
    ],
    [
      'may have twenty volumes',
      group({ volumes: many(20, (index) => ({ name: `volume${index}`, emptyDir: {} })) }),
    ],
    [
      'may open a registry by identity, password or reference',
      group({
        imageRegistryCredentials: [
          { server: 'a', identity: 'b' },
          { server: 'c', username: 'd', password: 'e' },
          { server: 'f', username: 'g', passwordReference: 'h' },
        ],
      }),
    ],
    [
      'may leave ports, volumes and subnet to a profile',
      withAddress(
        { type: 'Private' },
        {
          containers: [container('main', { volumeMounts: [{ name: 'files', mountPath: '/a' }] })],
          containerGroupProfile: { id: 'p' },
        },
      ),
    ],
    [
      'may ask for all that a group gets',
      withContainer({ resources: { requests: { cpu: 31, memoryInGB: 240 } } }),
    ],
  ])('%s', (_, document) => {
    expect(documentFaults(document)).toEqual([]);
  });
});

describe('a fault is found in', () => {
  test.each<[what: string, document: JsonValue, code: string, target: string]>([
    ['what is no document', [], 'InvalidValue', ''],
    [
      'a group without a place',
      { properties: { osType: 'Linux', containers: [container('a')] } },
      'MissingMember',
      '/location',
    ],
    ['a group with an empty place', group({}, { location: '' }), 'MissingMember', '/location'],
    ['a group without properties', { location: 'a' }, 'MissingMember', '/properties'],
    ['a group of no containers', group({ containers: [] }), 'MissingContainers', '/properties/containers'],
    [
      'a group whose containers are null',
      group({ containers: null }),
      'MissingMember',
      '/properties/containers',
    ],
    ['containers of another type', group({ containers: {} }), 'InvalidValue', '/properties/containers'],
    [
      'a container that is null',
      group({ containers: [container('a'), null] }),
      'InvalidValue',
      '/properties/containers/1',
    ],
    [
      'sixty-one containers',
      group({
        containers: many(61, (index) =>
          container(`c${index}`, { resources: { requests: { cpu: 0.1, memoryInGB: 0.1 } } }),
        ),
      }),
      'TooManyContainers',
      '/properties/containers',
    ],
    [
      'sixty init containers and one container',
      group({ initContainers: many(60, (index) => ({ name: `i${index}`, properties: { image: 'a' } })) }),
      'TooManyContainers',
      '/properties/containers',
    ],
    [
      'an osType left out',
      { location: 'a', properties: { containers: [container('a')] } },
      'InvalidOsType',
      '/properties/osType',
    ],
    ['an osType that is none', group({ osType: 'BeOS' }), 'InvalidOsType', '/properties/osType'],
    [
      'a restart policy that is none',
      group({ restartPolicy: 'Sometimes' }),
      'InvalidValue',
      '/properties/restartPolicy',
    ],
    ['a priority that is none', group({ priority: 'High' }), 'InvalidValue', '/properties/priority'],
    ['an identity that is none', group({}, { identity: { type: 'Mine' } }), 'InvalidValue', '/identity/type'],
    [
      'a user-assigned identity that is not named',
      group({}, { identity: { type: 'UserAssigned', userAssignedIdentities: {} } }),
      'MissingMember',
      '/identity/userAssignedIdentities',
    ],
    [
      'a user-assigned identity without a list',
      group({}, { identity: { type: 'SystemAssigned,UserAssigned' } }),
      'MissingMember',
      '/identity/userAssignedIdentities',
    ],
    [
      'a container without a name',
      group({ containers: [{ properties: { image: 'a', resources: { requests } } }] }),
      'MissingMember',
      '/properties/containers/0/name',
    ],
    [
      'a container with a name in upper case',
      group({ containers: [container('Main')] }),
      'InvalidName',
      '/properties/containers/0/name',
    ],
    [
      'a container with a hyphen at the end',
      group({ containers: [container('main-')] }),
      'InvalidName',
      '/properties/containers/0/name',
    ],
    [
      'a container with too long a name',
      group({ containers: [container('a'.repeat(64))] }),
      'InvalidName',
      '/properties/containers/0/name',
    ],
    [
      'two containers of one name',
      group({ containers: [container('a'), container('a')] }),
      'DuplicateName',
      '/properties/containers/1/name',
    ],
    [
      'a container named like an init container',
      group({ initContainers: [{ name: 'main', properties: { image: 'a' } }] }),
      'DuplicateName',
      '/properties/containers/0/name',
    ],
    [
      'an init container with a name that is none',
      group({ initContainers: [{ name: 'I', properties: { image: 'a' } }] }),
      'InvalidName',
      '/properties/initContainers/0/name',
    ],
    [
      'a volume with too short a name',
      group({ volumes: [{ name: 'four', emptyDir: {} }] }),
      'InvalidName',
      '/properties/volumes/0/name',
    ],
    [
      'a volume with two hyphens in a row',
      group({ volumes: [{ name: 'a--bc', emptyDir: {} }] }),
      'InvalidName',
      '/properties/volumes/0/name',
    ],
    [
      'two volumes of one name',
      group({
        volumes: [
          { name: 'files', emptyDir: {} },
          { name: 'files', emptyDir: {} },
        ],
      }),
      'DuplicateName',
      '/properties/volumes/1/name',
    ],
    [
      'a container without an image',
      group({ containers: [{ name: 'a', properties: { resources: { requests } } }] }),
      'MissingMember',
      `${main}/image`,
    ],
    [
      'an init container with an empty image',
      group({ initContainers: [{ name: 'i', properties: { image: '' } }] }),
      'MissingMember',
      '/properties/initContainers/0/properties/image',
    ],
    [
      'a registry without a password',
      group({ imageRegistryCredentials: [{ server: 'a', username: 'b' }] }),
      'MissingMember',
      '/properties/imageRegistryCredentials/0',
    ],
    [
      'a registry with an empty password',
      group({ imageRegistryCredentials: [{ server: 'a', username: 'b', password: '' }] }),
      'MissingMember',
      '/properties/imageRegistryCredentials/0',
    ],
    [
      'a variable name that starts with a digit',
      withVariables({ name: '1A', value: '' }),
      'InvalidVariableName',
      `${main}/environmentVariables/0/name`,
    ],
    [
      'a variable named __proto__',
      withVariables({ name: '__proto__', value: '' }),
      'InvalidVariableName',
      `${main}/environmentVariables/0/name`,
    ],
    [
      'a variable that marks a run',
      withVariables({ name: 'run_id', value: '' }),
      'InvalidVariableName',
      `${main}/environmentVariables/0/name`,
    ],
    [
      'a variable set twice',
      withVariables({ name: 'A', value: '' }, { name: 'A', secureValue: '' }),
      'DuplicateVariable',
      `${main}/environmentVariables/1/name`,
    ],
    [
      'a variable without a value',
      withVariables({ name: 'A' }),
      'InvalidEnvironmentVariable',
      `${main}/environmentVariables/0`,
    ],
    [
      'a variable with two values',
      withVariables({ name: 'A', value: '', secureValue: '' }),
      'InvalidEnvironmentVariable',
      `${main}/environmentVariables/0`,
    ],
    [
      'a variable with a value and a reference',
      withVariables({ name: 'A', secureValueReference: 'a', secureValue: '' }),
      'InvalidEnvironmentVariable',
      `${main}/environmentVariables/0`,
    ],
    [
      'a value with a NUL',
      withVariables({ name: 'A', secureValue: 'a\0b' }),
      'InvalidVariableValue',
      `${main}/environmentVariables/0/secureValue`,
    ],
    [
      'a value that is a number',
      withVariables({ name: 'A', value: 1 }),
      'InvalidValue',
      `${main}/environmentVariables/0/value`,
    ],
    [
      'an init container’s variable',
      group({
        initContainers: [{ name: 'i', properties: { image: 'a', environmentVariables: [{ name: 'A' }] } }],
      }),
      'InvalidEnvironmentVariable',
      '/properties/initContainers/0/properties/environmentVariables/0',
    ],
    [
      'a container without resources',
      group({ containers: [{ name: 'a', properties: { image: 'a' } }] }),
      'ResourceRequestsNotSpecified',
      `${main}/resources`,
    ],
    [
      'a container without memory',
      withContainer({ resources: { requests: { cpu: 1 } } }),
      'MissingMember',
      `${main}/resources/requests/memoryInGB`,
    ],
    [
      'no CPU',
      withContainer({ resources: { requests: { cpu: 0, memoryInGB: 1 } } }),
      'InvalidResources',
      `${main}/resources/requests/cpu`,
    ],
    [
      'CPU between the steps',
      withContainer({ resources: { requests: { cpu: 0.25, memoryInGB: 1 } } }),
      'InvalidResources',
      `${main}/resources/requests/cpu`,
    ],
    [
      'hardly any CPU',
      withContainer({ resources: { requests: { cpu: 1e-9, memoryInGB: 1 } } }),
      'InvalidResources',
      `${main}/resources/requests/cpu`,
    ],
    [
      'memory under none',
      withContainer({ resources: { requests: { cpu: 1, memoryInGB: -1 } } }),
      'InvalidResources',
      `${main}/resources/requests/memoryInGB`,
    ],
    [
      'CPU as text',
      withContainer({ resources: { requests: { cpu: '1', memoryInGB: 1 } } }),
      'InvalidValue',
      `${main}/resources/requests/cpu`,
    ],
    [
      'more CPU than a group gets',
      withContainer({ resources: { requests: { cpu: 31.1, memoryInGB: 1 } } }),
      'InvalidResources',
      `${main}/resources/requests/cpu`,
    ],
    [
      'more memory than a group gets, in all',
      group({
        containers: [
          container('a', { resources: { requests: { cpu: 1, memoryInGB: 200 } } }),
          container('b', { resources: { requests: { cpu: 1, memoryInGB: 41 } } }),
        ],
      }),
      'InvalidResources',
      '/properties/containers',
    ],
    [
      'more CPU than a Spot group gets',
      withContainer({ resources: { requests: { cpu: 4.1, memoryInGB: 1 } } }, { priority: 'Spot' }),
      'InvalidResources',
      `${main}/resources/requests/cpu`,
    ],
    [
      'a limit under the request',
      withContainer({ resources: { requests, limits: { cpu: 0.5 } } }),
      'InvalidResources',
      `${main}/resources/limits/cpu`,
    ],
    [
      'a limit over what the group requests',
      withContainer({ resources: { requests, limits: { memoryInGB: 2 } } }),
      'ContainerLimitGreaterThanContainerGroupTotalRequest',
      `${main}/resources/limits/memoryInGB`,
    ],
    [
      'no GPU',
      withContainer({ resources: { requests: { ...requests, gpu: { count: 0, sku: 'K80' } } } }),
      'InvalidResources',
      `${main}/resources/requests/gpu/count`,
    ],
    ['port 0', withContainer({ ports: [{ port: 0 }] }), 'InvalidPort', `${main}/ports/0/port`],
    ['port 65536', withContainer({ ports: [{ port: 65_536 }] }), 'InvalidPort', `${main}/ports/0/port`],
    ['half a port', withContainer({ ports: [{ port: 80.5 }] }), 'InvalidValue', `${main}/ports/0/port`],
    [
      'a protocol that is none',
      withContainer({ ports: [{ port: 1, protocol: 'SCTP' }] }),
      'InvalidValue',
      `${main}/ports/0/protocol`,
    ],
    [
      'a port opened twice',
      withContainer({ ports: [{ port: 1 }, { port: 1, protocol: 'tcp' }] }),
      'DuplicatePort',
      `${main}/ports/1`,
    ],
    [
      'a port opened by two containers',
      group({
        containers: [container('a', { ports: [{ port: 1 }] }), container('b', { ports: [{ port: 1 }] })],
      }),
      'DuplicatePort',
      '/properties/containers/1/properties/ports/0',
    ],
    [
      'a probe of no port',
      withContainer({ readinessProbe: { httpGet: { port: 0 } } }),
      'InvalidPort',
      `${main}/readinessProbe/httpGet/port`,
    ],
    [
      'an address without ports',
      withAddress({ ports: [] }),
      'MissingIpAddressPorts',
      '/properties/ipAddress/ports',
    ],
    [
      'six ports on an address',
      withContainer(
        { ports: many(6, (index) => ({ port: index + 1 })) },
        { ipAddress: { type: 'Public', ports: many(6, (index) => ({ port: index + 1 })) } },
      ),
      'TooManyPorts',
      '/properties/ipAddress/ports',
    ],
    [
      'a port twice on an address',
      withAddress({ ports: [{ port: 80 }, { port: 80 }] }),
      'DuplicatePort',
      '/properties/ipAddress/ports/1',
    ],
    [
      'a port that no container opens',
      withAddress({ ports: [{ port: 80 }, { port: 81 }] }),
      'UnreferencedIpAddressPorts',
      '/properties/ipAddress/ports/1',
    ],
    [
      'a port that a container opens for another protocol',
      withAddress({ ports: [{ port: 80, protocol: 'UDP' }] }),
      'UnreferencedIpAddressPorts',
      '/properties/ipAddress/ports/0',
    ],
    ['an address without a type', withAddress({ type: null }), 'MissingMember', '/properties/ipAddress/type'],
    ['an address of type None', withAddress({ type: 'None' }), 'InvalidValue', '/properties/ipAddress/type'],
    [
      'a private address without a subnet',
      withAddress({ type: 'Private' }),
      'PrivateIPAddressNotSupported',
      '/properties/ipAddress/type',
    ],
    [
      'a public address in a subnet',
      withAddress({}, { subnetIds: [{ id: 'a' }] }),
      'InvalidIpAddressTypeForNetworkProfile',
      '/properties/ipAddress/type',
    ],
    [
      'a DNS label on a private address',
      withAddress({ type: 'Private', dnsNameLabel: 'label' }, { subnetIds: [{ id: 'a' }] }),
      'DnsNameLabelNotSupported',
      '/properties/ipAddress/dnsNameLabel',
    ],
    [
      'too short a DNS label',
      withAddress({ dnsNameLabel: 'four' }),
      'InvalidDnsNameLabel',
      '/properties/ipAddress/dnsNameLabel',
    ],
    [
      'too long a DNS label',
      withAddress({ dnsNameLabel: 'a'.repeat(64) }),
      'InvalidDnsNameLabel',
      '/properties/ipAddress/dnsNameLabel',
    ],
    ['a volume of no kind', withVolume({}), 'InvalidVolume', '/properties/volumes/0'],
    [
      'a volume of two kinds',
      withVolume({ emptyDir: {}, secret: { a: 'YQ==' } }),
      'InvalidVolume',
      '/properties/volumes/0',
    ],
    [
      'a secret volume as ACI returns it',
      withVolume({ secret: {} }),
      'InvalidVolume',
      '/properties/volumes/0/secret',
    ],
    [
      'a share without a key',
      withVolume({ azureFile: { shareName: 'a', storageAccountName: 'b' } }),
      'InvalidStorageAccountKey',
      '/properties/volumes/0/azureFile/storageAccountKey',
    ],
    [
      'a share without a name',
      withVolume({ azureFile: { storageAccountName: 'b', storageAccountKey: 'c' } }),
      'MissingMember',
      '/properties/volumes/0/azureFile/shareName',
    ],
    [
      'twenty-one volumes',
      group({ volumes: many(21, (index) => ({ name: `volume${index}`, emptyDir: {} })) }),
      'TooManyVolumes',
      '/properties/volumes',
    ],
    [
      'a mount of a volume that is not there',
      withVolume({ emptyDir: {} }, [{ name: 'other', mountPath: '/a' }]),
      'VolumesNotFound',
      `${main}/volumeMounts/0/name`,
    ],
    [
      'a mount where there are no volumes',
      withContainer({ volumeMounts: [{ name: 'files', mountPath: '/a' }] }),
      'VolumesNotFound',
      `${main}/volumeMounts/0/name`,
    ],
    [
      'a mount path with a colon',
      withVolume({ emptyDir: {} }, [{ name: 'files', mountPath: '/a:b' }]),
      'InvalidVolumeMountPath',
      `${main}/volumeMounts/0/mountPath`,
    ],
    [
      'a relative mount path',
      withVolume({ emptyDir: {} }, [{ name: 'files', mountPath: 'a' }]),
      'InvalidVolumeMountPath',
      `${main}/volumeMounts/0/mountPath`,
    ],
    [
      'two mounts at one path',
      withVolume({ emptyDir: {} }, [
        { name: 'files', mountPath: '/a' },
        { name: 'files', mountPath: '/a/' },
      ]),
      'DuplicateMountPath',
      `${main}/volumeMounts/1/mountPath`,
    ],
    [
      'an init container’s mount',
      group({
        initContainers: [
          { name: 'i', properties: { image: 'a', volumeMounts: [{ name: 'files', mountPath: '/a' }] } },
        ],
      }),
      'VolumesNotFound',
      '/properties/initContainers/0/properties/volumeMounts/0/name',
    ],
    [
      'two Windows containers',
      group({ osType: 'Windows', containers: [container('a'), container('b')] }),
      'WindowsContainersNotSupported',
      '/properties/containers',
    ],
    [
      'a Windows init container',
      group({ osType: 'windows', initContainers: [{ name: 'i', properties: { image: 'a' } }] }),
      'WindowsContainersNotSupported',
      '/properties/initContainers/0',
    ],
    [
      'a Windows volume',
      group({ osType: 'Windows', volumes: [{ name: 'files', emptyDir: {} }] }),
      'WindowsContainersVolumeNotSupported',
      '/properties/volumes/0',
    ],
    [
      'a public Spot group',
      withAddress({}, { priority: 'Spot' }),
      'SpotNotSupported',
      '/properties/ipAddress/type',
    ],
    [
      'a Spot group in a subnet',
      group({ priority: 'spot', subnetIds: [{ id: 'a' }] }),
      'SpotNotSupported',
      '/properties/subnetIds',
    ],
    [
      'a confidential Spot group',
      group({ priority: 'Spot', sku: 'Confidential' }),
      'SpotNotSupported',
      '/properties/sku',
    ],
    ['a Spot group in a zone', group({ priority: 'Spot' }, { zones: ['1'] }), 'SpotNotSupported', '/zones'],
  ])('%s', (_, document, code, target) => {
    expect(faultsOf(document)).toEqual([[code, target]]);
  });

  test('both the address and its label where a subnet allows neither', () => {
    expect(faultsOf(withAddress({ dnsNameLabel: 'label' }, { subnetIds: [{ id: 'a' }] }))).toEqual([
      ['InvalidIpAddressTypeForNetworkProfile', '/properties/ipAddress/type'],
      ['DnsNameLabelNotSupported', '/properties/ipAddress/dnsNameLabel'],
    ]);
  });

  test.each<[what: string, document: JsonValue, target: string]>([
    [
      'a port of a container',
      withAddress({}, { containers: [container('main', { ports: [{ port: 81 }, { port: '80' }] })] }),
      `${main}/ports/1/port`,
    ],
    [
      'a protocol',
      withAddress({}, { containers: [container('main', { ports: [{ port: 80, protocol: 1 }] })] }),
      `${main}/ports/0/protocol`,
    ],
    [
      'the ports of a container',
      withAddress({}, { containers: [container('main', { ports: {} }), container('other')] }),
      `${main}/ports`,
    ],
    ['a container', withAddress({}, { containers: [container('main'), 7] }), '/properties/containers/1'],
    ['the subnets', withAddress({ type: 'Private' }, { subnetIds: {} }), '/properties/subnetIds'],
    [
      'a volume',
      withContainer(
        { volumeMounts: [{ name: 'files', mountPath: '/a' }] },
        { volumes: [{ name: 'other', emptyDir: {} }, 7] },
      ),
      '/properties/volumes/1',
    ],
    [
      'the name of a volume',
      withContainer(
        { volumeMounts: [{ name: 'files', mountPath: '/a' }] },
        { volumes: [{ name: 7, emptyDir: {} }] },
      ),
      '/properties/volumes/0/name',
    ],
    [
      'the volumes',
      withContainer({ volumeMounts: [{ name: 'files', mountPath: '/a' }] }, { volumes: {} }),
      '/properties/volumes',
    ],
    ['the kind of a volume', withVolume({ azureFile: 7 }), '/properties/volumes/0/azureFile'],
    [
      'the key of a share',
      withVolume({ azureFile: { shareName: 'a', storageAccountName: 'b', storageAccountKey: 7 } }),
      '/properties/volumes/0/azureFile/storageAccountKey',
    ],
    [
      'the request of another container',
      group({
        containers: [
          container('a', { resources: { requests, limits: { cpu: 2 } } }),
          container('b', { resources: { requests: { cpu: '1', memoryInGB: 1 } } }),
        ],
      }),
      '/properties/containers/1/properties/resources/requests/cpu',
    ],
    [
      'the named identities',
      group({}, { identity: { type: 'UserAssigned', userAssignedIdentities: [] } }),
      '/identity/userAssignedIdentities',
    ],
  ])('%s of another type, and in nothing that depends on it', (_, document, target) => {
    expect(faultsOf(document)).toEqual([['InvalidValue', target]]);
  });

  test('several places at once', () => {
    const document = {
      properties: {
        osType: 1,
        containers: [
          {
            name: 'A',
            properties: { image: 5, resources: { requests: { cpu: 0 } }, environmentVariables: [{}] },
          },
          7,
        ],
        volumes: [{ name: 'x' }],
        restartPolicy: 'Sometimes',
      },
      tags: [],
    };
    expect(faultsOf(document)).toEqual([
      ['MissingMember', '/location'],
      ['InvalidValue', `${main}/image`],
      ['MissingMember', `${main}/environmentVariables/0/name`],
      ['MissingMember', `${main}/resources/requests/memoryInGB`],
      ['InvalidValue', '/properties/containers/1'],
      ['InvalidValue', '/properties/osType'],
      ['InvalidValue', '/tags'],
      ['InvalidValue', '/properties/restartPolicy'],
      ['InvalidName', '/properties/containers/0/name'],
      ['InvalidName', '/properties/volumes/0/name'],
      ['InvalidEnvironmentVariable', `${main}/environmentVariables/0`],
      ['InvalidResources', `${main}/resources/requests/cpu`],
      ['InvalidVolume', '/properties/volumes/0'],
    ]);
  });
});

test('no message quotes a secret', () => {
  const document = group({
    containers: [
      container('main', {
        environmentVariables: [
          { name: 'A', secureValue: 'hidden\0' },
          { name: '1', value: 'hidden', secureValue: 'hidden' },
        ],
      }),
    ],
    imageRegistryCredentials: [{ server: 1, username: 'hidden', password: ['hidden'] }],
    volumes: [{ name: 'files', azureFile: { storageAccountKey: ['hidden'] }, secret: { a: ['hidden'] } }],
  });
  const faults = documentFaults(document);
  expect(faults.length).toBeGreaterThan(5);
  expect(JSON.stringify(faults)).not.toContain('hidden');
});

describe('of ACI’s own list of properties', () => {
  const complete = updateParents(
    updateParents(containerGroupFrom(full).document, 'properties.subnetIds[].name', (parent) => ({
      ...parent,
      name: 'subnet',
    })),
    'properties.ipAddress.ip',
    (parent) => ({ ...parent, ip: '1.2.3.4' }),
  );
  const paths = containerGroupProperties().filter(
    ({ readOnly, inStable, type }) => readOnly === '' && inStable === 'yes' && type !== 'any',
  );
  /** Where the faults of a code are, in the notation of the list. */
  const pathsOf = (code: string, document: object) =>
    new Set(
      documentFaults(document)
        .filter((fault) => fault.code === code)
        .map(({ target }) =>
          target.slice(1).replaceAll(/\/\d+/g, '[]').replaceAll('/anyKey', '.{key}').replaceAll('/', '.'),
        ),
    );

  test.each(paths.map(({ path, type }) => [path, type]))('a wrong type of %s is found', (path, type) => {
    const wrong = updateParents(complete, path, (parent, member) => ({
      ...parent,
      [member === '{key}' ? 'anyKey' : member]: /^(?:string$|string\(|")/.test(type) ? 7 : 'text',
    }));
    expect(pathsOf('InvalidValue', wrong)).toEqual(new Set([path]));
  });

  test.each(requiredPaths())('%s is missed where it must be', (path) => {
    const without = updateParents(complete, path, ({ ...parent }, member) => {
      delete parent[member];
      return parent;
    });
    expect(pathsOf('MissingMember', without)).toContain(path);
  });
});

function requiredPaths(): string[] {
  const file = new URL('../../../local/aci/container-group-properties.tsv', import.meta.url);
  const [header = [], ...rows] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const is = (row: string[], column: string) => row[header.indexOf(column)] === 'yes';
  return rows
    .filter((row) => is(row, 'required') && is(row, 'in_2026-07-01') && !is(row, 'readOnly'))
    .map(([path = '']) => path);
}

test('a mount path of nothing but slashes is read in time that grows no faster than its length', () => {
  const volumeMounts = [{ name: 'scratch', mountPath: `${'/'.repeat(1_000_000)}x` }]; // at the square of it, this would take hours
  const containers = [{ name: 'main', properties: { image: 'any', volumeMounts } }];

  expect(documentFaults({ location: 'l', properties: { containers } })).toContainEqual(
    expect.objectContaining({ code: 'VolumesNotFound' }),
  );
});
