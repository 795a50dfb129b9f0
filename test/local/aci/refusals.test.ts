import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ArmCaller, type Body, callArm, groupOf } from './armCaller.ts';

let arm: ArmCaller;

beforeAll(async () => {
  arm = await callArm();
});

afterAll(() => arm.emulator.close());

const env = (...environmentVariables: object[]) => groupOf('', { container: { environmentVariables } });
const props = (properties: object) => groupOf('', { properties });
const fill = (count: number, make: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => make(index));
const azureFile = { shareName: 's', storageAccountName: 'a' };
const container = (name: string) => ({ name, properties: { image: 'i' } });

test.each<[string, Body, string]>([
  ['a bare variable', env({ name: 'A' }), 'InvalidEnvironmentVariable'],
  ['a variable with null', env({ name: 'A', value: null }), 'InvalidEnvironmentVariable'],
  [
    'a variable with two values',
    env({ name: 'A', value: '', secureValue: '' }),
    'InvalidEnvironmentVariable',
  ],
  [
    'a variable that starts with a digit',
    env({ name: '1A', value: '' }),
    'InvalidContainerEnvironmentVariable',
  ],
  ['a variable with a hyphen', env({ name: 'A-B', value: '' }), 'InvalidContainerEnvironmentVariable'],
  [
    'a variable of 64 letters',
    env({ name: 'A'.repeat(64), value: '' }),
    'InvalidContainerEnvironmentVariable',
  ],
  ['a share without its key', props({ volumes: [{ name: 'share', azureFile }] }), 'InvalidStorageAccountKey'],
  [
    'a registry without its password',
    props({ imageRegistryCredentials: [{ server: 'r', username: 'u' }] }),
    'InaccessibleImage',
  ],
  [
    'an image that is inaccessible',
    groupOf('', { container: { image: 'r/inaccessible:1' } }),
    'InaccessibleImage',
  ],
  [
    'log analytics without its key',
    props({ diagnostics: { logAnalytics: { workspaceId: 'w' } } }),
    'InvalidRequestContent',
  ],
  [
    'a custom provisioning time-out',
    props({ provisioningTimeoutInSeconds: 60 }),
    'CustomProvisioningTimeoutInSecondsNotSuppported',
  ],
  [
    'a mount of no volume',
    groupOf('', { container: { volumeMounts: [{ name: 'none1', mountPath: '/x' }] } }),
    'InvalidVolumeMount',
  ],
  ['no location', { ...groupOf(''), location: undefined }, 'LocationRequired'],
  ['no containers', props({ containers: [] }), 'MissingContainers'],
  ['61 containers', props({ containers: fill(61, (index) => container(`c${index}`)) }), 'TooManyContainers'],
  ['6 ports', props({ ipAddress: { type: 'Public', ports: fill(6, (port) => ({ port })) } }), 'TooManyPorts'],
  [
    '21 volumes',
    props({ volumes: fill(21, (index) => ({ name: `volume${index}`, emptyDir: {} })) }),
    'TooManyVolumes',
  ],
  ['a container name in capitals', props({ containers: [container('Main')] }), 'InvalidContainerName'],
  [
    'a container name that ends with a hyphen',
    props({ containers: [container('a-')] }),
    'InvalidContainerName',
  ],
  [
    'two containers of one name',
    props({ containers: [container('a'), container('a')] }),
    'DuplicateContainerName',
  ],
  ['a volume name of 4 letters', props({ volumes: [{ name: 'abcd', emptyDir: {} }] }), 'InvalidVolumeName'],
  [
    'a DNS label of 4 letters',
    props({ ipAddress: { type: 'Public', ports: [], dnsNameLabel: 'abcd' } }),
    'InvalidDnsNameLabel',
  ],
  [
    'a limit above the total',
    groupOf('', { container: { resources: { requests: { cpu: 1, memoryInGB: 1 }, limits: { cpu: 2 } } } }),
    'ContainerLimitGreaterThanContainerGroupTotalRequest',
  ],
  ['properties that are missing', { location: 'westeurope' }, 'InvalidRequestContent'],
  ['a container without its name', props({ containers: [{ properties: {} }] }), 'InvalidRequestContent'],
  ['a command that is text', groupOf('', { container: { command: 'echo hi' } }), 'InvalidRequestContent'],
  ['a null in a command', groupOf('', { container: { command: [null] } }), 'InvalidRequestContent'],
  [
    'a port that is text',
    props({ ipAddress: { type: 'Public', ports: [{ port: '80' }] } }),
    'InvalidRequestContent',
  ],
  [
    'a port with a fraction',
    props({ ipAddress: { type: 'Public', ports: [{ port: 1.5 }] } }),
    'InvalidRequestContent',
  ],
  ['a value that is a number', env({ name: 'A', value: 1 }), 'InvalidRequestContent'],
  ['containers that are an object', props({ containers: {} }), 'InvalidRequestContent'],
  ['tags that are a list', { ...groupOf(''), tags: [] }, 'InvalidRequestContent'],
  ['an identity of an unknown type', { ...groupOf(''), identity: { type: 'Mine' } }, 'InvalidRequestContent'],
])('%s is refused', async (_, group, code) => {
  const { status, body } = await arm.put('job', group);
  expect([status, body.error.code]).toEqual([400, code]);
  expect(body.error.message).not.toBe('');
  expect((await arm.get('job')).status).toBe(404);
});

test.each(['Job', 'a_b', '-a', 'a'.repeat(64), 'a%20b', 'a%2Fb'])(
  'the group name %s is refused',
  async (name) => {
    const { status, body } = await arm.put(name, groupOf(''));
    expect([status, body.error.code]).toEqual([400, 'InvalidContainerGroupName']);
  },
);

test.each<[string, Body]>([
  ['an empty value', env({ name: 'A', value: '' })],
  [
    'a share whose key is in Key Vault',
    props({ volumes: [{ name: 'share', azureFile: { ...azureFile, storageAccountKeyReference: 'r' } }] }),
  ],
  ['a registry with an identity', props({ imageRegistryCredentials: [{ server: 'r', identity: 'i' }] })],
  ['60 containers', props({ containers: fill(60, (index) => container(`c${index}`)) })],
])('%s is accepted', async (what, group) => {
  expect((await arm.put(what.replace(/\W/g, '').slice(0, 20).toLowerCase(), group)).status).toBe(201);
});
