import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type ArmCaller, callArm, groupOf, subscriptionId } from './armCaller.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const busy = 'setInterval(() => {}, 1000)';
const exec = (body: unknown) => arm.post('job', 'containers/main/exec', body);

// facts/aci.md, Other routes: attach and exec answer one shape.
test('exec and attach say where to connect, though nothing listens there', async () => {
  await arm.provision('job', groupOf(busy));
  const shape = {
    webSocketUri: expect.stringMatching(/^ws:\/\/localhost:\d+\/emulator\/websocket\/[0-9a-f-]{36}$/),
    password: expect.stringMatching(/^.{32}$/),
  };
  const executed = await exec({ command: '/bin/sh', terminalSize: { rows: 12, cols: 80 } });
  expect([executed.status, executed.body]).toEqual([200, shape]);
  const attached = await arm.post('job', 'containers/main/attach');
  expect([attached.status, attached.body]).toEqual([200, shape]);
  expect((await fetch(attached.body.webSocketUri.replace('ws:', 'http:'))).status).toBe(404);
});

test.each([
  ['no command', {}],
  ['an empty command', { command: '' }],
  ['a terminal without numbers', { command: 'sh', terminalSize: { rows: 'x' } }],
  ['no JSON', '{'],
])('exec with %s is refused', async (_, body) => {
  await arm.provision('job', groupOf(busy));
  const refused = await exec(body);
  expect([refused.status, refused.body.error.code]).toEqual([400, 'InvalidRequestContent']);
});

test('only a container that runs can be connected to', async () => {
  expect((await arm.post('job', 'containers/main/attach')).status).toBe(404);
  await arm.put('job', groupOf(busy));
  expect((await arm.post('job', 'containers/main/attach')).status).toBe(409);
  expect((await arm.post('job', 'containers/other/attach')).status).toBe(404);
});

test('outbound dependencies are an empty list, of a group that there is', async () => {
  const dependencies = () => arm.call('GET', `${arm.path('job')}/outboundNetworkDependenciesEndpoints`);
  expect((await dependencies()).status).toBe(404);
  await arm.put('job', groupOf(busy));
  expect((await dependencies()).body).toEqual([]);
});

test('a location is of a subscription, which a strict emulator asks for', async () => {
  const strict = await callArm({ strict: true });
  onTestFinished(() => strict.emulator.close());
  for (const what of ['usages', 'capabilities', 'cachedImages']) {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/westeurope/${what}`;
    expect((await strict.call('GET', path)).body.error.code).toBe('SubscriptionNotFound');
  }
});
