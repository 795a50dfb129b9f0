import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, type Body, callArm, groupOf } from './armCaller.ts';
import { isAlive } from './isAlive.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const busy = 'console.log(process.pid); setInterval(() => {}, 1000)';
const view = (body: Body) => body.properties.containers[0].properties.instanceView;
const groupState = async () => (await arm.get('job')).body.properties.instanceView.state;
const operationHeader = (headers: Headers) => headers.get('azure-asyncoperation') ?? '';

const pidOf = () =>
  until(async () => {
    const { body } = await arm.logs('job');
    return body.content ? Number(body.content.split('\n')[0]) : undefined;
  });

// [R] facts/aci.md, Update: "stop | 204; state Stopped, containers Terminated with detail …".
test('[R] stop: 204, the group is Stopped, its containers are Terminated per client request', async () => {
  await arm.provision('job', groupOf(busy));
  const pid = await pidOf();
  const { status, body } = await arm.post('job', 'stop');
  expect([status, body]).toEqual([204, undefined]);
  expect(isAlive(pid)).toBe(false);
  const stopped = (await arm.get('job')).body;
  expect(stopped.properties.instanceView).toEqual({ events: [], state: 'Stopped' });
  expect(view(stopped).currentState).toEqual({
    state: 'Terminated',
    startTime: '2026-01-01T00:00:01.200Z',
    finishTime: '2026-01-01T00:00:01.500Z',
    exitCode: 143,
    detailStatus: 'Container stopped per client request',
  });
  expect(view(stopped).events.at(-1)).toMatchObject({ name: 'Killing', type: 'Normal' });
  expect(stopped.properties.provisioningState).toBe('Succeeded');
  expect((await arm.post('job', 'stop')).status).toBe(204);
});

test('a stopped group keeps what it wrote last, and no more than 1,000 lines of it', async () => {
  await arm.provision(
    'job',
    groupOf('for (let i = 0; i < 1500; i++) console.log(i); setInterval(() => {}, 1000)'),
  );
  await until(async () => (await arm.logs('job')).body.content?.includes('1499'));
  await arm.post('job', 'stop');
  const lines = (await arm.logs('job')).body.content.trimEnd().split('\n');
  expect([lines.length, lines[0]]).toEqual([1_000, '500']);
});

test('to stop a group leaves the end of a container that had ended by itself', async () => {
  await arm.provision('job', groupOf('process.exit(3)'));
  await until(async () => (await groupState()) === 'Failed');
  const ended = view((await arm.get('job')).body).currentState;
  await arm.post('job', 'stop');
  expect(view((await arm.get('job')).body).currentState).toEqual(ended);
  expect(await groupState()).toBe('Stopped');
});

test('a stopped container is not restarted, whatever its policy and its back-off', async () => {
  await arm.provision('job', groupOf('process.exit(1)', { properties: { restartPolicy: 'Always' } }));
  await until(async () => view((await arm.get('job')).body).currentState.state === 'Waiting');
  await arm.post('job', 'stop');
  await arm.clock.advance(60_000);
  expect(view((await arm.get('job')).body)).toMatchObject({
    restartCount: 0,
    currentState: { state: 'Terminated', exitCode: 1, detailStatus: 'Container stopped per client request' },
  });
});

// [R] facts/aci.md, Update: "start | 204 when running".
test('[R] start: 204 when the group is running, and nothing changes', async () => {
  await arm.provision('job', groupOf(busy));
  const before = (await arm.get('job')).body;
  const { status, headers } = await arm.post('job', 'start');
  expect([status, headers.get('azure-asyncoperation')]).toEqual([204, null]);
  expect((await arm.get('job')).body).toEqual(before);
});

test('start: 202 and an operation when the group is stopped; its containers run anew', async () => {
  await arm.provision('job', groupOf("console.log('first'); setInterval(() => {}, 1000)"));
  await until(async () => (await arm.logs('job')).body.content === 'first\n');
  await arm.post('job', 'stop');
  const started = await arm.post('job', 'start');
  expect(started.status).toBe(202);
  expect((await arm.call('GET', operationHeader(started.headers))).body.status).toBe('Pending');
  expect((await arm.get('job')).body.properties.provisioningState).toBe('Pending');
  expect((await arm.logs('job')).body.error.code).toBe('ContainerGroupDeploymentNotReady');
  await arm.clock.advance(1_500);
  expect((await arm.call('GET', operationHeader(started.headers))).body.status).toBe('Succeeded');
  expect(await groupState()).toBe('Running');
  expect(view((await arm.get('job')).body).restartCount).toBe(0);
});

test('a group that has ended by itself can be started, too', async () => {
  await arm.provision('job', groupOf('process.exit(0)'));
  await until(async () => (await groupState()) === 'Succeeded');
  expect((await arm.post('job', 'start')).status).toBe(202);
  await arm.clock.advance(1_500);
  await until(async () => (await groupState()) === 'Succeeded');
});

// [R] facts/aci.md, Update: "restart | 204 + Azure-AsyncOperation, provisioningState Updating".
test('[R] restart: 204 with an operation, and the group is Updating', async () => {
  await arm.provision('job', groupOf(busy));
  const pid = await pidOf();
  const { status, headers, body } = await arm.post('job', 'restart');
  expect([status, body]).toEqual([204, undefined]);
  expect(operationHeader(headers)).toMatch(
    /\/locations\/westeurope\/operations\/[0-9a-f-]{36}\?api-version=2018-06-01$/,
  );
  expect((await arm.get('job')).body.properties.provisioningState).toBe('Updating');
  await arm.clock.advance(1_200);
  // The new process waits for the old one to have ended, and provisioning with it.
  await until(async () => view((await arm.get('job')).body).currentState.state === 'Running');
  expect(isAlive(pid)).toBe(false);
  await arm.clock.advance(300);
  const restarted = (await arm.get('job')).body;
  expect(restarted.properties.provisioningState).toBe('Succeeded');
  expect(view(restarted)).toMatchObject({
    restartCount: 1,
    currentState: { state: 'Running' },
    previousState: { state: 'Terminated', exitCode: 143 },
  });
  expect(await pidOf()).not.toBe(pid);
});

test('restarts count up from one restart to the next', async () => {
  await arm.provision('job', groupOf('process.exit(0)'));
  for (const count of [0, 1, 2]) {
    const { restartCount, currentState } = await until(async () => {
      const now = view((await arm.get('job')).body);
      return now.currentState.state === 'Terminated' && now;
    });
    expect([restartCount, currentState.exitCode]).toEqual([count, 0]);
    await arm.post('job', 'restart');
    await arm.clock.advance(1_500);
  }
});

test.each(['start', 'stop', 'restart'])('a group on its way elsewhere takes no %s', async (verb) => {
  await arm.put('job', groupOf(busy));
  const { status, body } = await arm.post('job', verb);
  expect([status, body.error]).toEqual([
    409,
    {
      code: 'ContainerGroupTransitioning',
      message: "The container group 'job' is still transitioning, please retry later.",
    },
  ]);
});

test('while a group stops it takes no orders, until the grace of a container that will not end is over', async () => {
  await arm.provision('job', groupOf(`process.on('SIGTERM', () => console.log('no')); ${busy}`));
  await pidOf();
  const stopping = arm.post('job', 'stop');
  await until(async () => (await arm.logs('job')).body.content.includes('no'));
  expect((await arm.put('job', groupOf(busy))).status).toBe(409);
  expect((await arm.post('job', 'start')).status).toBe(409);
  await arm.clock.advance(2_000);
  expect((await stopping).status).toBe(204);
  expect(view((await arm.get('job')).body).currentState.exitCode).toBe(137);
  expect((await arm.put('job', groupOf(busy))).status).toBe(200);
});

test.each(['start', 'stop', 'restart'])('there is no %s of a group that does not exist', async (verb) => {
  const { status, body } = await arm.post('none', verb);
  expect([status, body.error.code]).toEqual([404, 'ResourceNotFound']);
});

// [R] facts/aci.md, Update: "PATCH: 200, synchronous, tags; it replaces the whole tag map".
test('[R] PATCH: 200 with the group, whose whole map of tags is replaced', async () => {
  await arm.provision('job', { ...groupOf(busy), tags: { kept: '1', changed: '1' } });
  const pid = await pidOf();
  const patched = await arm.call('PATCH', arm.path('job'), { tags: { changed: '2' } });
  expect([patched.status, patched.body.tags]).toEqual([200, { changed: '2' }]);
  expect(patched.headers.get('azure-asyncoperation')).toBeNull();
  const { body } = await arm.get('job');
  expect(body).toEqual(patched.body);
  expect([body.properties.provisioningState, isAlive(pid)]).toEqual(['Succeeded', true]);
  expect((await arm.call('PATCH', arm.path('job'), {})).body.tags).toEqual({ changed: '2' });
  expect((await arm.call('PATCH', arm.path('job'), { tags: {} })).body.tags).toEqual({});
});

test.each([
  ['properties', { properties: { restartPolicy: 'Always' } }],
  ['tags that are a list', { tags: ['a'] }],
  ['a tag that is a number', { tags: { a: 1 } }],
])('PATCH of %s is refused', async (_, content) => {
  await arm.provision('job', groupOf(busy));
  const { status, body } = await arm.call('PATCH', arm.path('job'), content);
  expect([status, body.error.code]).toEqual([400, 'InvalidRequestContent']);
});

test('PATCH of a group that is busy, or is not, is refused', async () => {
  expect((await arm.call('PATCH', arm.path('job'), { tags: {} })).status).toBe(404);
  await arm.put('job', groupOf(busy));
  expect((await arm.call('PATCH', arm.path('job'), { tags: {} })).status).toBe(409);
});
