import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf, subscriptionId } from './armCaller.ts';
import { isAlive } from './isAlive.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm({ subscriptions: [subscriptionId] });
});

afterEach(() => arm.emulator.close());

const busy = 'console.log(process.pid); setInterval(() => {}, 1000)';

async function control(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${arm.emulator.armEndpoint}/emulator/${path}`, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('faults are added, shown and removed, without a token', async () => {
  const fault = { action: 'error', method: 'GET', path: '**/job', code: 'Busy', status: 503, times: 2 };
  const added = await control('POST', 'faults', fault);
  expect([added.status, added.body]).toEqual([201, { ...fault, id: expect.any(String), befallen: 0 }]);
  expect((await arm.get('job')).status).toBe(503);
  expect((await control('GET', 'faults')).body).toEqual({ value: [{ ...added.body, befallen: 1 }] });
  expect((await control('DELETE', `faults/${added.body.id}`)).status).toBe(204);
  expect((await control('DELETE', `faults/${added.body.id}`)).status).toBe(404);
  expect((await arm.get('job')).status).toBe(404);
  await control('POST', 'faults', { action: 'drop' });
  await control('POST', 'faults', { action: 'hang' });
  expect((await control('DELETE', 'faults')).status).toBe(204);
  expect((await control('GET', 'faults')).body).toEqual({ value: [] });
});

test.each([
  ['no action', {}],
  ['an unknown action', { action: 'explode' }],
  ['an action from a prototype', { action: 'toString' }],
  ['an unknown member', { action: 'drop', milliseconds: 1 }],
  ['latency without its length', { action: 'latency' }],
  ['latency before its time', { action: 'latency', milliseconds: -1 }],
  ['an error without a code', { action: 'error', status: 500 }],
  ['an error without a status, which no record has', { action: 'error', code: 'Mine' }],
  ['an error that is none', { action: 'error', code: 'Mine', status: 200 }],
  ['a header that is two', { action: 'error', code: 'Mine', status: 500, headers: { a: 'b\r\nc: d' } }],
  ['a fault for no request', { action: 'drop', times: 0 }],
  ['a path that is no text', { action: 'drop', path: 1 }],
  ['a list', []],
  ['half a JSON', '{"action":'],
])('%s is no fault', async (_, fault) => {
  const { status, body } = await control('POST', 'faults', fault);
  expect([status, body.error.message]).toEqual([400, expect.any(String)]);
  expect(arm.emulator.faults.list()).toEqual([]);
});

test('control routes are guarded: a page elsewhere cannot reset the emulator', async () => {
  await arm.put('job', groupOf(busy));
  const reset = await control('POST', 'reset', undefined, { Origin: 'https://attacker.example' });
  expect(reset.status).toBe(403);
  const site = await control('POST', 'reset', undefined, { 'Sec-Fetch-Site': 'cross-site' });
  expect(site.status).toBe(403);
  const type = await control('POST', 'faults', '{"action":"drop"}', { 'Content-Type': 'text/plain' });
  expect(type.status).toBe(415);
  expect((await arm.get('job')).status).toBe(200);
});

test('what there is not to control, there is not', async () => {
  for (const [method, path] of [
    ['GET', 'reset'],
    ['POST', 'nothing'],
    ['GET', 'websocket/1'],
    ['GET', '%'],
  ] as const) {
    const { status, body } = await control(method, path);
    expect([status, body.error.message]).toEqual([404, expect.stringContaining('POST /emulator/reset')]);
  }
});

test('reset forgets what was written, ends every process, and lets go of every waiting caller', async () => {
  await arm.provision('job', groupOf(`process.on('SIGTERM', () => {}); ${busy}`));
  const pid = Number(await until(async () => (await arm.logs('job')).body.content ?? undefined));
  expect(isAlive(pid)).toBe(true);
  await arm.put('other', groupOf(busy));
  const deleting = expect(arm.call('DELETE', arm.path('other'))).rejects.toThrow('fetch failed');
  await until(async () => (await arm.get('other')).body.properties.provisioningState === 'Deleting');
  arm.emulator.faults.add({ action: 'hang', method: 'DELETE' });
  const hanging = expect(arm.call('DELETE', arm.path('none'))).rejects.toThrow('fetch failed');
  await until(() => arm.emulator.faults.list().length === 0);
  arm.emulator.faults.add({ action: 'effectLate', milliseconds: 1_000, method: 'PUT' });
  await expect(arm.put('late', groupOf(busy))).rejects.toThrow('fetch failed');
  arm.emulator.faults.add({ action: 'error', code: 'AuthorizationFailed', times: 'always' });

  expect((await control('POST', 'reset')).status).toBe(204);
  await Promise.all([deleting, hanging]);
  expect(isAlive(pid)).toBe(false);
  expect([arm.emulator.faults.list(), arm.emulator.requests]).toEqual([[], []]);
  await arm.clock.advance(1_000);
  for (const name of ['job', 'other', 'late']) {
    expect((await arm.get(name)).body.error.code).toBe('ResourceNotFound');
  }
  const { body } = await arm.call('GET', '/subscriptions?api-version=2022-12-01');
  expect(body.value).toMatchObject([{ subscriptionId }]);
  expect((await arm.put('job', groupOf(busy))).status).toBe(201);
});

test('reset gives back what throttles have counted', async () => {
  const throttled = await callArm({ limits: { reads: { capacity: 1, refillPerSecond: 1 } } });
  onTestFinished(() => throttled.emulator.close());
  await throttled.get('job');
  expect((await throttled.get('job')).status).toBe(429);
  await throttled.emulator.reset();
  expect((await throttled.get('job')).status).toBe(404);
});

test('a token for a caller of its own is given to who holds the identity header', async () => {
  const headers = { 'X-IDENTITY-HEADER': arm.emulator.identityHeader };
  const order = { clientId: 'someone', lifetimeSeconds: 60 };
  expect((await control('POST', 'tokens', order)).status).toBe(401);
  expect((await control('POST', 'tokens', order, { 'X-IDENTITY-HEADER': 'guess' })).status).toBe(401);
  const { status, body } = await control('POST', 'tokens', order, headers);
  expect([status, body.expiresOn]).toEqual([201, Math.floor(arm.clock.now() / 1000) + 60]);
  const list = () =>
    arm.call('GET', '/subscriptions?api-version=2022-12-01', undefined, undefined, body.token);
  expect((await list()).status).toBe(200);
  arm.emulator.faults.add({ action: 'error', code: 'AuthorizationFailed', principal: 'someone' });
  expect((await list()).body.error.message).toContain("The client 'someone' with object id '");
  await arm.clock.advance(60_000);
  expect((await list()).body.error.message).toContain('expiry');
  for (const wrong of [{ lifetimeSeconds: -1 }, { clientId: '' }, { name: 'x' }]) {
    expect((await control('POST', 'tokens', wrong, headers)).status).toBe(400);
  }
});

test('a token that has expired already can be had', async () => {
  const { token } = arm.emulator.mintToken({ lifetimeSeconds: 0 });
  const { status, body } = await arm.call('GET', arm.path('job'), undefined, undefined, token);
  expect([status, body.error.code]).toEqual([401, 'InvalidAuthenticationToken']);
});

test('the last 10,000 requests are kept, not more', async () => {
  const one = { method: 'GET', path: '/x', query: '', status: 404 };
  const before = arm.emulator.requests as (typeof one)[];
  before.push(...new Array(10_000).fill(one));
  await arm.get('job');
  expect(arm.emulator.requests).toHaveLength(10_000);
  expect(arm.emulator.requests.at(-1)?.path).toBe(arm.path('job'));
});
