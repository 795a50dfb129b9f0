import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf, subscriptionId } from './armCaller.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const busy = 'setInterval(() => {}, 1000)';
const fails = (call: Promise<unknown>) => expect(call).rejects.toThrow('fetch failed');
const exists = async (name: string) => (await arm.get(name)).status === 200;

test('latency: everything happens as usual, later', async () => {
  arm.emulator.faults.add({ action: 'latency', milliseconds: 500, method: 'PUT' });
  let isAnswered = false;
  const put = arm.put('job', groupOf(busy)).finally(() => {
    isAnswered = true;
  });
  await until(() => arm.emulator.faults.list().length === 0);
  await arm.clock.advance(499);
  expect([isAnswered, await exists('job')]).toEqual([false, false]);
  await arm.clock.advance(1);
  expect((await put).status).toBe(201);
});

test('error: refused with what the fault says, and without effect', async () => {
  arm.emulator.faults.add({
    action: 'error',
    method: 'PUT',
    status: 503,
    code: 'ServerBusy',
    message: 'Come back later.',
    headers: { 'Retry-After': '7' },
  });
  const { status, headers, body } = await arm.put('job', groupOf(busy));
  expect([status, headers.get('retry-after'), body]).toEqual([
    503,
    '7',
    { error: { code: 'ServerBusy', message: 'Come back later.' } },
  ]);
  expect(await exists('job')).toBe(false);
  expect((await arm.put('job', groupOf(busy))).status).toBe(201);
});

test('drop: the connection goes, without effect', async () => {
  arm.emulator.faults.add({ action: 'drop', method: 'PUT' });
  await fails(arm.put('job', groupOf(busy)));
  expect(await exists('job')).toBe(false);
  expect(arm.emulator.requests.at(0)).toMatchObject({ method: 'PUT', status: 0 });
});

test('hang: no answer comes, until the caller gives up', async () => {
  arm.emulator.faults.add({ action: 'hang', method: 'PUT' });
  const abort = new AbortController();
  const hanging = fetch(`${arm.emulator.armEndpoint}${arm.path('job')}?api-version=2026-07-01`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${arm.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(groupOf(busy)),
    signal: abort.signal,
  });
  await until(() => arm.emulator.requests.length === 1);
  await arm.clock.advance(3_600_000);
  abort.abort();
  await expect(hanging).rejects.toThrow('aborted');
  expect(await exists('job')).toBe(false);
});

test('answerLost: it takes effect, and the caller does not hear of it', async () => {
  arm.emulator.faults.add({ action: 'answerLost', method: 'PUT' });
  await fails(arm.put('job', groupOf(busy)));
  expect(await exists('job')).toBe(true);
});

test('answerLost with a code: it takes effect, and the caller hears of an error', async () => {
  arm.emulator.faults.add({ action: 'answerLost', method: 'PUT', status: 504, code: 'GatewayTimeout' });
  expect((await arm.put('job', groupOf(busy))).status).toBe(504);
  expect(await exists('job')).toBe(true);
});

test('answerLate: it takes effect at once, and is answered later', async () => {
  arm.emulator.faults.add({ action: 'answerLate', method: 'PUT', milliseconds: 500 });
  const put = arm.put('job', groupOf(busy));
  await until(() => exists('job'));
  await arm.clock.advance(500);
  const { status, body } = await put;
  expect([status, body.properties.provisioningState]).toEqual([201, 'Pending']);
});

test('effectLate: the caller hears of an error, or nothing, and it takes effect later', async () => {
  arm.emulator.faults.add({ action: 'effectLate', method: 'PUT', milliseconds: 500 });
  await fails(arm.put('job', groupOf(busy)));
  await arm.clock.advance(499);
  expect(await exists('job')).toBe(false);
  await arm.clock.advance(1);
  await until(() => exists('job'));

  arm.emulator.faults.add({
    action: 'effectLate',
    method: 'DELETE',
    milliseconds: 1,
    status: 500,
    code: 'X',
  });
  expect((await arm.call('DELETE', arm.path('job'))).body.error.code).toBe('X');
  expect(await exists('job')).toBe(true);
  await arm.clock.advance(1);
  await until(async () => (await arm.get('job')).body.properties.provisioningState === 'Deleting');
});

test('stale: GET answers once more what it answered before the last write', async () => {
  await arm.provision('job', { ...groupOf(busy), tags: { version: '1' } });
  await arm.provision('job', { ...groupOf(busy), tags: { version: '2' } });
  arm.emulator.faults.add({ action: 'stale', path: '**/containerGroups/job' });
  expect((await arm.get('job')).body.tags).toEqual({ version: '1' });
  expect((await arm.get('job')).body.tags).toEqual({ version: '2' });

  await arm.put('new', groupOf(busy));
  arm.emulator.faults.add({ action: 'stale' });
  expect((await arm.get('new')).body.error.code).toBe('ResourceNotFound');
});

test('stale: a write that was refused is none', async () => {
  await arm.provision('job', { ...groupOf(busy), tags: { version: '1' } });
  await arm.put('job', { ...groupOf(busy), tags: { version: '2' } });
  expect((await arm.put('job', groupOf(busy))).status).toBe(409);
  arm.emulator.faults.add({ action: 'stale' });
  expect((await arm.get('job')).body.tags).toEqual({ version: '1' });
});

test.each([
  ['tokenRefused', 'The access token is invalid.'],
  ['tokenExpired', 'The access token expiry UTC time is earlier than the current time.'],
] as const)('%s: 401, with a challenge', async (action, message) => {
  arm.emulator.faults.add({ action });
  const { status, headers, body } = await arm.get('job');
  expect([status, body.error]).toEqual([401, { code: 'InvalidAuthenticationToken', message }]);
  expect(headers.get('www-authenticate')).toContain('invalid_token');
});

test('a fault is for so many requests, after so many others, to one method and path', async () => {
  arm.emulator.faults.add({
    action: 'error',
    code: 'ContainerGroupTransitioning',
    method: 'get',
    path: '/subscriptions/*/resourceGroups/JOBS/**/job',
    skip: 1,
    times: 2,
  });
  const statuses: number[] = [];
  for (const name of ['job', 'other', 'job', 'job', 'job']) {
    statuses.push((await arm.get(name)).status);
  }
  expect(statuses).toEqual([404, 404, 409, 409, 404]);
  expect((await arm.put('job', groupOf(busy))).status).toBe(201);
});

test('a fault without end ends when it is removed', async () => {
  const { id } = arm.emulator.faults.add({ action: 'error', code: 'ResourceNotFound', times: 'always' });
  for (let i = 0; i < 3; i += 1) {
    expect((await arm.put('job', groupOf(busy))).status).toBe(404);
  }
  expect(arm.emulator.faults.list()).toMatchObject([{ id, befallen: 3 }]);
  expect([arm.emulator.faults.remove(id), arm.emulator.faults.remove(id)]).toEqual([true, false]);
  expect((await arm.put('job', groupOf(busy))).status).toBe(201);
});

// [R] facts/aci.md, Errors: AuthorizationFailed.
test('[R] one principal is refused one of two subscriptions, and is told what, where and who', async () => {
  const other = '99999999-2222-3333-4444-555555555555';
  const principal = { clientId: 'c', objectId: 'o' };
  const { token } = arm.emulator.mintToken(principal);
  arm.emulator.faults.add({
    action: 'error',
    code: 'AuthorizationFailed',
    path: `/subscriptions/${other}/**`,
    principal: 'o',
    times: 'always',
  });
  const list = async (id: string, as: string) => {
    const path = `/subscriptions/${id}/providers/Microsoft.ContainerInstance/containerGroups`;
    return arm.call('GET', path, undefined, undefined, as);
  };
  expect((await list(subscriptionId, token)).status).toBe(200);
  expect((await list(other, arm.token)).status).toBe(200);
  const { status, body } = await list(other, token);
  expect([status, body]).toEqual([
    403,
    {
      error: {
        code: 'AuthorizationFailed',
        message: `The client 'c' with object id 'o' does not have authorization to perform action 'Microsoft.ContainerInstance/containerGroups/read' over scope '/subscriptions/${other}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
      },
    },
  ]);
});

test('the identity endpoint has its faults too, in its own envelope', async () => {
  const ask = () =>
    fetch(`${arm.emulator.identityEndpoint}?api-version=2019-08-01&resource=https://management.azure.com`, {
      headers: { 'X-IDENTITY-HEADER': arm.emulator.identityHeader },
    });
  arm.emulator.faults.add({ action: 'error', path: '/msi/*', status: 500, code: 'Any', message: 'Not now.' });
  const refused = await ask();
  expect([refused.status, await refused.json()]).toEqual([
    500,
    { statusCode: 500, message: 'Not now.', correlationId: expect.any(String) },
  ]);
  arm.emulator.faults.add({ action: 'drop', path: '/msi/*' });
  await fails(ask());
  expect((await ask()).status).toBe(200);
});
