import { describe, expect, test } from 'vitest';
import { containerGroupFrom } from '../../../src/aci/create/containerGroupFrom.ts';
import type { CreateRequest } from '../../../src/aci/create/createRequest.schema.ts';
import type { JsonObject } from '../../../src/aci/json.ts';
import { valuesAt } from '../../../src/aci/propertyPaths.ts';
import { containerGroupProperties } from '../containerGroupProperties.ts';
import { full, fullContainer, minimal, subscriptionId } from './requests.ts';

const documentFrom = (request: Partial<CreateRequest>) =>
  containerGroupFrom({ ...minimal, ...request }).document as unknown as {
    location: string;
    properties: JsonObject & { containers: { properties: JsonObject }[] };
  };
const propertiesFrom = (request: Partial<CreateRequest>) => documentFrom(request).properties;
const containerFrom = (request: Partial<CreateRequest>) =>
  propertiesFrom(request).containers[0]?.properties ?? {};

const { image: _image, ...withoutImage } = minimal;
const groupOf = (request: Partial<CreateRequest>) =>
  containerGroupFrom({ ...withoutImage, ...request }).document.properties as unknown as JsonObject;

const port80 = { port: 80, protocol: 'TCP' };

describe('the least that a caller can send', () => {
  test('makes one container on a public address, and nothing else', () => {
    expect(containerGroupFrom(minimal).document).toEqual({
      location: 'westeurope',
      properties: {
        osType: 'Linux',
        containers: [
          {
            name: 'web',
            properties: {
              image: 'nginx',
              ports: [port80],
              resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
            },
          },
        ],
        ipAddress: { type: 'Public', ports: [port80] },
      },
    });
  });

  test('names the group', () => {
    expect(containerGroupFrom(minimal).id).toEqual({ subscriptionId, resourceGroup: 'jobs', name: 'web' });
  });

  test('is not changed', () => {
    const request = structuredClone(full);
    containerGroupFrom(request);
    expect(request).toEqual(full);
  });
});

describe('everything that a caller can send', () => {
  test('reaches every property that ACI lets a group have, but for what it ignores and for a name of no use', () => {
    const { document } = containerGroupFrom(full);
    const missing = containerGroupProperties()
      .filter(({ readOnly, inStable }) => readOnly === '' && inStable === 'yes')
      .map(({ path }) => path)
      .filter((path) => valuesAt(document, path.replace(/\{key\}$/, 'anyKey')).length === 0);
    expect(missing).toEqual(['properties.ipAddress.ip', 'properties.subnetIds[].name']);
  });

  test('says the same of a container at the top and of one in containers', () => {
    const one = containerFrom({ ...fullContainer, ports: [{ port: 80 }] });
    const two = groupOf({ containers: [{ name: 'web', ...fullContainer, ports: [{ port: 80 }] }] });
    expect(two['containers']).toEqual([{ name: 'web', properties: one }]);
  });
});

describe('variables', () => {
  test('become text, secure ones secure, and references references', () => {
    expect(containerFrom(fullContainer)['environmentVariables']).toEqual([
      { name: 'PLAIN', value: 'text' },
      { name: 'NUMBER', value: '1.5' },
      { name: 'FLAG', value: 'true' },
      { name: 'LIST', value: '[1,{"two":null}]' },
      { name: 'SECRET', secureValue: 'hidden' },
      { name: 'FROM_VAULT', secureValueReference: 'from-vault' },
    ]);
  });

  test('of init containers do too', () => {
    expect(propertiesFrom({ initContainers: [{ name: 'first', image: 'a', env: { A: 1 } }] })).toMatchObject({
      initContainers: [
        { name: 'first', properties: { image: 'a', environmentVariables: [{ name: 'A', value: '1' }] } },
      ],
    });
  });
});

describe('resources', () => {
  test('are what the caller says', () => {
    const gpu = { count: 1, sku: 'V100' };
    expect(
      containerFrom({ cpu: 0.5, memory: 0.7, gpu, limits: { cpu: 1, memoryInGB: 2 } })['resources'],
    ).toEqual({ requests: { cpu: 0.5, memoryInGB: 0.7, gpu }, limits: { cpu: 1, memoryInGB: 2 } });
  });

  test('of each of several containers are one core and 1.5 GB by default', () => {
    const containers = [
      { name: 'a', image: 'a' },
      { name: 'b', image: 'b', memory: 2 },
    ];
    expect(groupOf({ containers })['containers']).toEqual([
      { name: 'a', properties: { image: 'a', resources: { requests: { cpu: 1, memoryInGB: 1.5 } } } },
      { name: 'b', properties: { image: 'b', resources: { requests: { cpu: 1, memoryInGB: 2 } } } },
    ]);
  });
});

describe('ports', () => {
  test.each<[string, Partial<CreateRequest>, JsonObject[]]>([
    ['one port', { port: 8080 }, [{ port: 8080, protocol: 'TCP' }]],
    [
      'several',
      { ports: [{ port: 53, protocol: 'UDP' }, { port: 80 }] },
      [{ port: 53, protocol: 'UDP' }, port80],
    ],
  ])('are opened by the container and the address alike: %s', (_, request, ports) => {
    expect(containerFrom(request)['ports']).toEqual(ports);
    expect(propertiesFrom(request)['ipAddress']).toEqual({ type: 'Public', ports });
  });

  test('of several containers are all on the address, once', () => {
    const containers = [
      { name: 'a', image: 'a', ports: [{ port: 80 }] },
      { name: 'b', image: 'b', ports: [{ port: 80 }, { port: 80, protocol: 'UDP' as const }] },
    ];
    expect(groupOf({ containers })['ipAddress']).toEqual({
      type: 'Public',
      ports: [port80, { port: 80, protocol: 'UDP' }],
    });
  });

  test('are on the address only where the caller names them', () => {
    const containers = [{ name: 'a', image: 'a', ports: [{ port: 80 }, { port: 81 }] }];
    expect(groupOf({ containers, ports: [{ port: 80 }] })['ipAddress']).toEqual({
      type: 'Public',
      ports: [port80],
    });
  });

  test('of containers that open none make no address', () => {
    expect(groupOf({ containers: [{ name: 'a', image: 'a' }] })).not.toHaveProperty('ipAddress');
    expect(propertiesFrom({ ports: [] })).not.toHaveProperty('ipAddress');
  });
});

describe('the address', () => {
  test.each<[string, Partial<CreateRequest>, JsonObject]>([
    ['public, with a label', { dnsNameLabel: 'my-label' }, { type: 'Public', dnsNameLabel: 'my-label' }],
    ['private in a subnet', { subnetId: 'subnet' }, { type: 'Private' }],
    [
      'public even in a subnet when said so, which is a fault',
      { subnetId: 'subnet', ipAddressType: 'Public' },
      { type: 'Public' },
    ],
    [
      'public for Spot when said so, which is a fault',
      { priority: 'Spot', ipAddressType: 'Public' },
      { type: 'Public' },
    ],
  ])('is %s', (_, request, expected) => {
    expect(propertiesFrom(request)['ipAddress']).toEqual({ ports: [port80], ...expected });
  });

  test.each<[string, Partial<CreateRequest>]>([
    ['the caller says so', { ipAddressType: 'None' }],
    ['the group is Spot', { priority: 'Spot' }],
  ])('is none where %s, and no port is opened unasked', (_, request) => {
    expect(propertiesFrom(request)).not.toHaveProperty('ipAddress');
    expect(containerFrom(request)).not.toHaveProperty('ports');
  });

  test('is none where the caller says so, and the container still opens the port that it was asked to', () => {
    expect(containerFrom({ ipAddressType: 'None', port: 80 })['ports']).toEqual([port80]);
  });

  test('comes with the subnet', () => {
    expect(propertiesFrom({ subnetId: 'subnet' })['subnetIds']).toEqual([{ id: 'subnet' }]);
  });
});

describe('the group', () => {
  test('has one list of registries', () => {
    const one = { server: 'a', username: 'b', password: 'c' };
    const two = { server: 'd', identity: 'e' };
    expect(propertiesFrom({ registry: one, registries: [two] })['imageRegistryCredentials']).toEqual([
      one,
      two,
    ]);
  });

  test('keeps every other member as the caller sent it', () => {
    const {
      tags,
      zones,
      identity,
      restartPolicy,
      dnsConfig,
      volumes,
      priority,
      sku,
      diagnostics,
      extensions,
      secretReferences,
    } = full;
    const { properties, ...outer } = containerGroupFrom(full).document;
    expect(outer).toEqual({ location: 'northeurope', tags, zones, identity });
    expect(properties).toMatchObject({
      restartPolicy,
      dnsConfig,
      volumes,
      priority,
      sku,
      diagnostics,
      extensions,
      secretReferences,
    });
  });

  test('from a profile has no default but the place', () => {
    const containerGroupProfile = { id: 'profile', revision: 1 };
    const containers = [{ name: 'a', configMap: { keyValuePairs: { a: 'b' } } }];
    expect(containerGroupFrom({ ...withoutImage, containerGroupProfile, containers }).document).toEqual({
      location: 'westeurope',
      properties: {
        containerGroupProfile,
        containers: [{ name: 'a', properties: { configMap: { keyValuePairs: { a: 'b' } } } }],
      },
    });
  });
});

describe('a place in the document came from', () => {
  const simple = containerGroupFrom({
    ...full,
    port: 80,
    env: { 'A/B': 1 },
    secureEnv: { 'C~D': 'x' },
  }).pointerOf;
  const several = containerGroupFrom({
    ...withoutImage,
    containers: [
      { name: 'a', image: 'a' },
      { name: 'b', image: 'b', ports: [{ port: 1 }], env: { A: 'b' } },
    ],
  }).pointerOf;
  const one = '/properties/containers/0/properties';
  const two = '/properties/containers/1/properties';

  test.each([
    ['/location', '/location'],
    ['/properties/osType', '/osType'],
    ['/properties/containers/0/name', '/cnName'],
    [`${one}/image`, '/image'],
    [`${one}/resources/requests/cpu`, '/cpu'],
    [`${one}/resources/requests/memoryInGB`, '/memory'],
    [`${one}/resources/requests/gpu/count`, '/gpu/count'],
    [`${one}/resources/limits/memoryInGB`, '/limits/memoryInGB'],
    [`${one}/environmentVariables/0/name`, '/env/A~1B'],
    [`${one}/environmentVariables/1/secureValue`, '/secureEnv/C~0D'],
    [`${one}/livenessProbe/httpGet/port`, '/livenessProbe/httpGet/port'],
    [`${one}/ports/1/port`, '/ports/1/port'],
    ['/properties/ipAddress/ports/1', '/ports/1'],
    ['/properties/ipAddress/ports', '/ports'],
    ['/properties/ipAddress/type', '/ipAddressType'],
    ['/properties/ipAddress/dnsNameLabel', '/dnsNameLabel'],
    ['/properties/imageRegistryCredentials/0/password', '/registry/password'],
    ['/properties/imageRegistryCredentials/2', '/registries/1'],
    ['/properties/initContainers/0/properties/image', '/initContainers/0/image'],
    ['/properties/subnetIds/0/id', '/subnetId'],
    ['/properties/volumes/1/name', '/volumes/1/name'],
    ['/properties/imageRegistryCredentials/2/server', '/registries/1/server'],
    ['/zones/0', '/zones/0'],
    ['/tags/anyKey', '/tags/anyKey'],
    ['/identity/type', '/identity/type'],
    ['/properties/dnsConfig/nameServers/0', '/dnsConfig/nameServers/0'],
    [`${one}/command/1`, '/command/1'],
    [`${one}/readinessProbe/periodSeconds`, '/readinessProbe/periodSeconds'],
    [`${one}/securityContext/runAsUser`, '/securityContext/runAsUser'],
    [`${one}/configMap/keyValuePairs/anyKey`, '/configMap/keyValuePairs/anyKey'],
    [`${one}/unheardOf`, ''],
    ['/properties/unheardOf', ''],
    ['', ''],
  ])('%s: %s', (place, origin) => {
    expect(simple(place)).toBe(origin);
  });

  test.each([
    ['/properties/containers', '/containers'],
    ['/properties/containers/1', '/containers/1'],
    [`${two}/image`, '/containers/1/image'],
    [`${two}/resources/requests/cpu`, '/containers/1/cpu'],
    [`${two}/environmentVariables/0`, '/containers/1/env/A'],
    [`${two}/ports/0/port`, '/containers/1/ports/0/port'],
    ['/properties/ipAddress/ports/0/port', '/containers/1/ports/0/port'],
  ])('%s of several containers: %s', (place, origin) => {
    expect(several(place)).toBe(origin);
  });
});
