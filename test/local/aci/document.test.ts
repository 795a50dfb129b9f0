import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../../local/aci/json.ts';
import { keepAccepted, keepReturned } from '../../../local/aci/schema/filterMembers.ts';
import { findContentFault } from '../../../local/aci/schema/findContentFault.ts';
import { parsePropertySchema, type SchemaNode } from '../../../local/aci/schema/propertySchema.ts';
import { type ArmCaller, callArm, groupOf } from './armCaller.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const table = readFileSync(
  new URL('../../../local/aci/container-group-properties.tsv', import.meta.url),
  'utf8',
);
const schema = parsePropertySchema(table);

/** A value with every member that the schema knows. */
function sample(node: SchemaNode): Json {
  switch (node.kind) {
    case 'string':
      return node.writeOnly ? 'c4n4ry' : (node.values?.[0] ?? 'text');
    case 'int':
      return 7;
    case 'number':
      return 1.5;
    case 'bool':
      return true;
    case 'any':
      return { anything: [1] };
    case 'array':
      return node.item ? [sample(node.item)] : [];
    case 'map':
      return node.item ? { key: sample(node.item) } : {};
    case 'object':
      return Object.fromEntries([...node.members].map(([name, member]) => [name, sample(member)]));
  }
}

test('every property of the table is accepted, and what is writable and no secret comes back as it was', () => {
  const written = sample(schema);
  expect(findContentFault(schema, written, { rejectUnknownMembers: true })).toBeUndefined();
  const kept = keepAccepted(schema, written);
  expect(JSON.stringify(kept)).toContain('c4n4ry');
  expect(JSON.stringify(kept)).not.toContain('instanceView');
  const returned = keepReturned(schema, kept);
  expect(JSON.stringify(returned)).not.toContain('c4n4ry');
  expect(keepAccepted(schema, returned)).toEqual(returned);
});

const whole = () =>
  groupOf('', {
    container: {
      environmentVariables: [
        { name: 'PLAIN', value: 'p' },
        { name: 'SECURE', secureValue: 'c4n4ry' },
        { name: 'VAULT', secureValueReference: 'ref' },
      ],
      volumeMounts: [{ name: 'certs', mountPath: '/certs' }],
      livenessProbe: { httpGet: { path: '/', port: 80, httpHeaders: [{ name: 'a', value: 'b' }] } },
    },
    properties: {
      imageRegistryCredentials: [{ server: 'example.azurecr.io', username: 'u', password: 'c4n4ry' }],
      volumes: [
        { name: 'certs', secret: { 'tls.pem': 'c4n4ry' } },
        {
          name: 'share',
          azureFile: { shareName: 's', storageAccountName: 'a', storageAccountKey: 'c4n4ry' },
        },
        { name: 'empty', emptyDir: {} },
        { name: 'source', gitRepo: { repository: 'https://example.com/x' } },
      ],
      diagnostics: {
        logAnalytics: {
          workspaceId: 'w',
          workspaceKey: 'c4n4ry',
          workspaceResourceId: 'c4n4ry',
          logType: 'ContainerInsights',
        },
      },
    },
  });

test('GET never returns a write-only value', async () => {
  const created = await arm.put('job', whole());
  const { body } = await arm.get('job');
  expect(JSON.stringify([created.body, body])).not.toContain('c4n4ry');
  const { properties } = body;
  expect(properties.containers[0].properties.environmentVariables).toEqual([
    { name: 'PLAIN', value: 'p' },
    { name: 'SECURE' },
    { name: 'VAULT', secureValueReference: 'ref' },
  ]);
  expect(properties.volumes).toEqual([
    { name: 'certs', secret: {} },
    { name: 'share', azureFile: { shareName: 's', storageAccountName: 'a' } },
    { name: 'empty', emptyDir: {} },
    { name: 'source', gitRepo: { repository: 'https://example.com/x' } },
  ]);
  expect(properties.imageRegistryCredentials).toEqual([
    { server: 'example.azurecr.io', username: 'u', isDelegatedIdentity: false },
  ]);
  expect(properties.diagnostics.logAnalytics).toEqual({ workspaceId: 'w', logType: 'ContainerInsights' });
});

test('GET adds what the service adds', async () => {
  const group = groupOf('', { properties: { restartPolicy: undefined } });
  await arm.put('job', group);
  const { body } = await arm.get('job');
  expect(body.id).toBe(arm.path('job'));
  expect(body.type).toBe('Microsoft.ContainerInstance/containerGroups');
  expect(body.properties).toMatchObject({
    sku: 'Standard',
    provisioningTimeoutInSeconds: 1800,
    isCustomProvisioningTimeout: false,
    isCreatedFromStandbyPool: false,
  });
  expect(body.properties).not.toHaveProperty('restartPolicy');
  expect(body.properties.containers[0].properties.configMap).toEqual({ keyValuePairs: {} });
  const older = await arm.get('job', '2023-05-01');
  expect(older.body.properties.containers[0].properties).not.toHaveProperty('configMap');
});

test('identities get the ids of a directory, the same ones every time', async () => {
  const user = '/subscriptions/s/userAssignedIdentities/u';
  const identity = { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [user]: {} } };
  await arm.put('job', { ...groupOf(''), identity });
  const { body } = await arm.get('job');
  expect(body.identity.principalId).toMatch(/^[0-9a-f-]{36}$/);
  expect(body.identity.userAssignedIdentities[user].clientId).toMatch(/^[0-9a-f-]{36}$/);
  expect((await arm.get('job')).body.identity).toEqual(body.identity);
});

test('read-only members and nulls of a PUT are ignored', async () => {
  const group = groupOf('', {
    properties: { provisioningState: 'Succeeded', instanceView: { state: 'Running' }, sku: null },
  });
  const { status, body } = await arm.put('job', {
    ...group,
    id: '/other',
    name: 'other',
    type: 'other',
    systemData: { createdBy: 'me' },
  });
  expect(status).toBe(201);
  expect([body.name, body.id]).toEqual(['job', arm.path('job')]);
  expect(body.properties).toMatchObject({
    provisioningState: 'Pending',
    instanceView: { state: 'Pending' },
    sku: 'Standard',
  });
  expect(body).not.toHaveProperty('systemData');
});

test('what GET gave, without the two timeouts, can be put again', async () => {
  await arm.provision('job', groupOf(''));
  const { body } = await arm.get('job');
  body.properties.provisioningTimeoutInSeconds = undefined;
  body.properties.isCustomProvisioningTimeout = undefined;
  expect((await arm.put('job', body)).status).toBe(200);
});

test.each<[string, JsonObject, string]>([
  [
    'at the root',
    { unknown: 1 },
    "Could not find member 'unknown' on object of type 'ContainerGroup'. Path 'unknown'",
  ],
  [
    'in a container',
    { properties: { containers: [{ name: 'main', properties: { args: ['x'] } }] } },
    "Could not find member 'args' on object of type 'ContainerProperties'. Path 'properties.containers[0].properties.args'",
  ],
  [
    'that is gone',
    { properties: { networkProfile: { id: 'x' }, containers: [] } },
    "Could not find member 'networkProfile' on object of type 'ContainerGroupProperties'. Path 'properties.networkProfile'",
  ],
])('an unknown member %s is refused', async (_, change, detail) => {
  const { status, body } = await arm.put('job', { location: 'westeurope', ...change });
  expect(status).toBe(400);
  expect(body.error).toEqual({
    code: 'InvalidRequestContent',
    message: `The request content was invalid and could not be deserialized: '${detail}'.`,
  });
});

test('unknown members are kept and returned when the emulator was told to take them', async () => {
  const open = await callArm({ rejectUnknownMembers: false });
  const group = groupOf('', { container: { args: [{ deep: null }] }, properties: { future: { x: [1, 2] } } });
  const text = JSON.stringify({ ...group, tags: {} }).replace('"tags":{}', '"__proto__":{"polluted":1}');
  expect((await open.put('job', text)).status).toBe(201);
  const { body } = await open.get('job');
  expect(body.properties.future).toEqual({ x: [1, 2] });
  expect(body.properties.containers[0].properties.args).toEqual([{ deep: null }]);
  expect(Object.getOwnPropertyDescriptor(body, '__proto__')?.value).toEqual({ polluted: 1 });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  await open.emulator.close();
});

test('__proto__ is an unknown member like any other, and a tag like any other', async () => {
  const group = JSON.stringify(groupOf(''));
  const polluting = await arm.put('job', group.replace('{', '{"__proto__":{"polluted":1},'));
  expect(polluting.body.error.code).toBe('InvalidRequestContent');
  const tagged = await arm.put('job', group.replace('{', '{"tags":{"__proto__":"mine"},'));
  expect(tagged.status).toBe(201);
  expect(Object.entries((await arm.get('job')).body.tags)).toEqual([['__proto__', 'mine']]);
});
