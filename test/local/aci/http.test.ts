import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf, newest, subscriptionId } from './armCaller.ts';

let arm: ArmCaller;

beforeAll(async () => {
  arm = await callArm();
});

afterAll(() => arm.emulator.close());

/** A request that fetch would not send: with its own Host, or a path that is not cleaned up. */
function send(method: string, path: string, headers: Record<string, string>, body?: string) {
  const { port } = new URL(arm.emulator.armEndpoint);
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

const bearer = () => ({ Authorization: `Bearer ${arm.token}` });
const put = (headers: Record<string, string>, body = JSON.stringify(groupOf(''))) =>
  send(
    'PUT',
    `${arm.path('guarded')}?api-version=${newest}`,
    { ...bearer(), 'Content-Type': 'application/json', ...headers },
    body,
  );

test.each([
  ['a foreign Host', { Host: 'attacker.example' }, 403],
  ['a foreign Origin', { Origin: 'https://attacker.example' }, 403],
  ['a cross-site request', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['a body that is text', { 'Content-Type': 'text/plain' }, 415],
  ['a body that is a form', { 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
])('%s is refused and has no effect', async (_, headers, status) => {
  expect((await put(headers)).status).toBe(status);
  expect((await arm.get('guarded')).status).toBe(404);
});

test('the identity endpoint is guarded too', async () => {
  const path = '/msi/token?api-version=2019-08-01&resource=https://management.azure.com';
  const headers = { 'X-IDENTITY-HEADER': arm.emulator.identityHeader };
  expect((await send('GET', path, { ...headers, Host: 'attacker.example' })).status).toBe(403);
  expect((await send('GET', path, { ...headers, Host: 'localhost' })).status).toBe(200);
});

test.each([
  ['missing', undefined, 'AuthenticationFailed'],
  ['of another scheme', 'Basic abc', 'InvalidAuthenticationToken'],
  ['made up', 'Bearer abc', 'InvalidAuthenticationToken'],
])('a token that is %s is refused', async (_, authorization, code) => {
  const response = await fetch(`${arm.emulator.armEndpoint}/subscriptions?api-version=2022-12-01`, {
    headers: authorization === undefined ? {} : { Authorization: authorization },
  });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await response.json()).toMatchObject({ error: { code } });
});

test('a token for another resource, or one that has expired, is refused', async () => {
  const other = await callArm();
  const tokenFor = async (resource: string) => {
    const url = `${other.emulator.identityEndpoint}?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
    const answer = await fetch(url, { headers: { 'X-IDENTITY-HEADER': other.emulator.identityHeader } });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const status = async (token: string) => {
    const url = `${other.emulator.armEndpoint}/subscriptions?api-version=2022-12-01`;
    return (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status;
  };
  expect(await status(await tokenFor('https://vault.azure.net'))).toBe(401);
  expect(await status(arm.token)).toBe(401);
  const good = await tokenFor('https://management.azure.com/');
  expect(await status(good)).toBe(200);
  await other.clock.advance(24 * 60 * 60 * 1_000);
  expect(await status(good)).toBe(401);
  await other.emulator.close();
});

test('api-version is required and must be known', async () => {
  const missing = await arm.call('GET', `${arm.path('job')}?api-version=`);
  expect([missing.status, missing.body.error.code]).toEqual([400, 'MissingApiVersionParameter']);
  const unknown = await arm.get('job', '2020-02-02');
  expect([unknown.status, unknown.body.error.code]).toEqual([400, 'NoRegisteredProviderFound']);
  expect(unknown.body.error.message).toContain('2023-05-01, 2025-09-01, 2026-07-01');
  expect((await arm.get('job', '2023-05-01')).body.error.code).toBe('ResourceNotFound');
});

test.each([
  ['GET', '/'],
  ['GET', '/subscriptions/'.concat(subscriptionId)],
  ['PATCH', '/subscriptions'],
  ['POST', `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/containerGroups`],
  ['GET', `/subscriptions/${subscriptionId}/providers/Microsoft.Other/things`],
])('%s %s is not found', async (method, path) => {
  const { status, body } = await arm.call(method, path);
  expect([status, body.error.code]).toEqual([404, 'InvalidResourceType']);
});

test('paths are compared without case', async () => {
  await arm.put('cased', groupOf(''));
  const { status, body } = await arm.call('GET', arm.path('cased').toUpperCase());
  expect([status, body?.name]).toEqual([200, 'cased']);
});

test('every answer has its request ids and a date', async () => {
  for (const path of [arm.path('cased'), arm.path('none'), '/nowhere']) {
    const { headers } = await arm.call('GET', path);
    expect(headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-ms-correlation-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('date')).toBe(new Date(arm.clock.now()).toUTCString());
  }
});

test.each([
  ['half a JSON', '{"location":'],
  ['nothing', ''],
  ['a list', '[]'],
  ['null', 'null'],
  ['100,000 nested lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['100,000 nested lists in a member', `{"tags":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['100,000 nested objects', `${'{"properties":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
])('a body of %s is refused', async (_, text) => {
  const { status, body } = await arm.put('job', text);
  expect([status, body.error.code]).toEqual([400, 'InvalidRequestContent']);
});

test.each([
  [100_000, 400],
  [61, 400],
  [60, 201],
])(
  'a member that may hold anything, and holds %i nested lists, is answered with %i',
  async (depth, status) => {
    const emptyDir = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const group = groupOf('', { properties: { volumes: [{ name: 'empty', emptyDir: 0 }] } });
    const reply = await arm.put(
      'deep',
      JSON.stringify(group).replace('"emptyDir":0', `"emptyDir":${emptyDir}`),
    );
    expect(reply.status).toBe(status);
  },
);

test('a body that is not UTF-8 is refused', async () => {
  const response = await fetch(`${arm.emulator.armEndpoint}${arm.path('job')}?api-version=${newest}`, {
    method: 'PUT',
    headers: { ...bearer(), 'Content-Type': 'application/json' },
    body: Uint8Array.from([0x7b, 0xff, 0x7d]),
  });
  expect(response.status).toBe(400);
});

test('a body over 4 MB is refused, and one just under is not', async () => {
  const tagged = (bytes: number) => JSON.stringify({ ...groupOf(''), tags: { big: 'x'.repeat(bytes) } });
  const over = await arm.put('big', tagged(4 * 1024 * 1024));
  expect([over.status, over.body.error.code]).toEqual([413, 'RequestContentTooLarge']);
  expect((await arm.put('big', tagged(4 * 1024 * 1024 - 1_024))).status).toBe(201);
});

test.each(['/subscriptions/%', '/subscriptions/%zz', '/subscriptions/%C0%AF'])(
  'the path %s is refused',
  async (path) => {
    expect((await send('GET', path, bearer())).status).toBe(400);
  },
);

test.each([
  '//attacker.example/subscriptions',
  '/subscriptions/../subscriptions',
  'http://attacker.example/x',
  '/__proto__',
])('the path %s is not found', async (path) => {
  expect((await send('GET', path, bearer())).status).toBe(404);
});

test('subscriptions and resource groups are held to their names', async () => {
  const provider = 'providers/Microsoft.ContainerInstance/containerGroups/job';
  const subscription = await arm.call(
    'PUT',
    `/subscriptions/__proto__/resourceGroups/jobs/${provider}`,
    groupOf(''),
  );
  expect(subscription.body.error.code).toBe('InvalidSubscriptionId');
  const group = await arm.call(
    'PUT',
    `/subscriptions/${subscriptionId}/resourceGroups/jobs./${provider}`,
    groupOf(''),
  );
  expect(group.body.error.code).toBe('InvalidResourceGroup');
});

test('a caller that hangs up in the middle of its body does no harm', async () => {
  const { port } = new URL(arm.emulator.armEndpoint);
  const socket = connect(Number(port), '127.0.0.1');
  const head = `PUT ${arm.path('half')}?api-version=${newest} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${arm.token}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`;
  await new Promise<void>((resolve) => socket.write(head, () => resolve()));
  socket.destroy();
  await until(() => socket.closed);
  expect((await arm.get('half')).status).toBe(404);
});

test('every request to ARM is recorded, without its headers', async () => {
  const before = arm.emulator.requests.length;
  await arm.get('recorded');
  await put({ Origin: 'https://attacker.example' });
  expect(arm.emulator.requests.slice(before)).toEqual([
    { method: 'GET', path: arm.path('recorded'), query: `api-version=${newest}`, status: 404 },
    { method: 'PUT', path: arm.path('guarded'), query: `api-version=${newest}`, status: 403 },
  ]);
  expect(JSON.stringify(arm.emulator.requests)).not.toContain(arm.token);
});
