import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, type Body, callArm, groupOf } from './armCaller.ts';
import { isAlive } from './isAlive.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const busy = 'setInterval(() => {}, 1000)';
const view = (body: Body) => body.properties.containers[0].properties.instanceView;

const firstLine = (name: string) =>
  until(async () => {
    const { body } = await arm.logs(name);
    return body.content?.split('\n')[0] as string | undefined;
  });

test('a group in the middle of its provisioning cannot be written', async () => {
  await arm.put('job', groupOf(busy));
  const refused = await arm.put('job', groupOf(busy));
  expect(refused.status).toBe(409);
  expect(refused.body.error).toEqual({
    code: 'ContainerGroupTransitioning',
    message: "The container group 'job' is still transitioning, please retry later.",
  });
  await arm.clock.advance(1_499);
  expect((await arm.put('job', groupOf(busy))).status).toBe(409);
  await arm.clock.advance(1);
  const updated = await arm.put('job', groupOf(busy));
  expect(updated.status).toBe(200);
  expect(updated.body.properties.provisioningState).toBe('Updating');
});

test('two writes at once: one wins', async () => {
  const statuses = await Promise.all([1, 2, 3].map(async () => (await arm.put('job', groupOf(busy))).status));
  expect(statuses.sort()).toEqual([201, 409, 409]);
});

test('an update replaces the document whole', async () => {
  await arm.provision('job', { ...groupOf(busy, { properties: { priority: 'Regular' } }), tags: { a: '1' } });
  await arm.put('job', groupOf(busy));
  const { body } = await arm.get('job');
  expect(body.tags).toBeUndefined();
  expect(body.properties.priority).toBeUndefined();
});

test('an update shows the old state until the new images are pulled, then a new start', async () => {
  await arm.provision('job', groupOf('process.exit(7)'));
  await until(async () => view((await arm.get('job')).body).currentState.exitCode === 7);
  const old = view((await arm.get('job')).body);
  await arm.put('job', groupOf('process.exit(0)'));
  expect(view((await arm.get('job')).body)).toEqual(old);
  await arm.clock.advance(300);
  expect(view((await arm.get('job')).body).currentState).toEqual({ state: 'Waiting', detailStatus: '' });
  await arm.clock.advance(1_200);
  const fresh = await until(async () => {
    const now = view((await arm.get('job')).body);
    return now.currentState.state === 'Terminated' && now;
  });
  expect(fresh.currentState.exitCode).toBe(0);
  expect(fresh.currentState.startTime > old.currentState.startTime).toBe(true);
});

test('an update ends the old processes, children of theirs too, before the new ones start', async () => {
  const parent = `
    const { spawn } = require('child_process');
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(busy)}], { stdio: 'ignore' });
    console.log([process.pid, child.pid].join());
    ${busy}`;
  await arm.provision('job', groupOf(parent));
  const pids = (await firstLine('job')).split(',').map(Number);
  expect(pids.map(isAlive)).toEqual([true, true]);
  await arm.put('job', groupOf("console.log('new')"));
  await until(() => pids.every((pid) => !isAlive(pid)));
  await arm.clock.advance(1_200);
  expect(await firstLine('job')).toBe('new');
});

test('a process that ignores SIGTERM is killed after the grace, and only then does the new one start', async () => {
  await arm.provision('job', groupOf(`process.on('SIGTERM', () => {}); console.log(process.pid); ${busy}`));
  const pid = Number(await firstLine('job'));
  await arm.put('job', groupOf("console.log('new')"));
  await arm.clock.advance(1_999);
  expect(isAlive(pid)).toBe(true);
  expect((await arm.get('job')).body.properties.provisioningState).toBe('Updating');
  expect((await arm.logs('job')).body.error.code).toBe('ContainerGroupDeploymentNotReady');
  await arm.clock.advance(1);
  await until(() => !isAlive(pid));
  expect(await firstLine('job')).toBe('new');
});

test('the address stays while the group runs, and changes once it has ended', async () => {
  const open = (script: string) =>
    groupOf(script, {
      properties: { ipAddress: { type: 'Public', ports: [{ port: 80 }], dnsNameLabel: 'my-label' } },
    });
  const created = await arm.provision('job', open(busy));
  const { ip, fqdn } = created.body.properties.ipAddress;
  expect(ip).toMatch(/^20\.\d+\.\d+\.\d+$/);
  expect(fqdn).toBe('my-label.westeurope.azurecontainer.io');
  const updated = await arm.provision('job', open('process.exit(0)'));
  expect(updated.body.properties.ipAddress.ip).toBe(ip);
  await until(async () => (await arm.get('job')).body.properties.instanceView.state === 'Succeeded');
  // The new process had to wait for the old one to end, and provisioning with it.
  await arm.clock.advance(300);
  const again = await arm.put('job', open(busy));
  expect(again.body.properties.ipAddress.ip).not.toBe(ip);
});

const withResources = (resources: object) => groupOf(busy, { container: { resources } });

test.each([
  ['RestartPolicy', 'Never', 'Always', groupOf(busy, { properties: { restartPolicy: 'Always' } })],
  ['RestartPolicy', 'Never', 'Always', groupOf(busy, { properties: { restartPolicy: undefined } })],
  ['OsType', 'Linux', 'Windows', groupOf(busy, { properties: { osType: 'Windows' } })],
  ['SubnetIds', '[]', '["/s"]', groupOf(busy, { properties: { subnetIds: [{ id: '/S' }] } })],
  ['Cpu', '1', '2', withResources({ requests: { cpu: 2, memoryInGB: 1.5 } })],
  ['Memory', '1.5', '2', withResources({ requests: { cpu: 1, memoryInGB: 2 } })],
  ['CpuLimit', '', '1', withResources({ requests: { cpu: 1, memoryInGB: 1.5 }, limits: { cpu: 1 } })],
])('%s cannot be updated', async (member, old, wanted, group) => {
  await arm.provision('job', groupOf(busy));
  const refused = await arm.put('job', group);
  expect(refused.status).toBe(400);
  expect(refused.body.error).toEqual({
    code: 'InvalidContainerGroupUpdate',
    message: `The updates on container group 'job' are invalid. If you are going to update the ${member} (old "${old}", new "${wanted}") for a container group, you must delete it first and then create a new one.`,
  });
  expect(view((await arm.get('job')).body).currentState.state).toBe('Running');
});

test('an update keeps the location when it names none, and cannot move', async () => {
  await arm.provision('job', groupOf(busy));
  expect((await arm.put('job', { ...groupOf(busy), location: 'eastus' })).body.error.code).toBe(
    'InvalidResourceLocation',
  );
  const { status, body } = await arm.put('job', { ...groupOf(busy), location: undefined });
  expect([status, body.location]).toEqual([200, 'westeurope']);
});

test('DELETE answers the whole group once it is gone, and 204 when there is none', async () => {
  await arm.provision('job', groupOf(`console.log(process.pid); ${busy}`));
  const pid = Number(await firstLine('job'));
  let isAnswered = false;
  const deleting = arm.call('DELETE', arm.path('job')).finally(() => {
    isAnswered = true;
  });
  await until(async () => (await arm.get('job')).body.properties.provisioningState === 'Deleting');
  expect((await arm.put('job', groupOf(busy))).body.error.code).toBe('ContainerGroupTransitioning');
  await until(() => !isAlive(pid));
  expect(isAnswered).toBe(false);
  await arm.clock.advance(300);
  const { status, body } = await deleting;
  expect(status).toBe(200);
  expect(body.name).toBe('job');
  expect((await arm.get('job')).body.error.code).toBe('ResourceNotFound');
  expect((await arm.call('DELETE', arm.path('job'))).status).toBe(204);
});

test('a group deleted while it is created never starts, and its operation fails', async () => {
  const created = await arm.put('job', groupOf(busy));
  const deleting = arm.call('DELETE', arm.path('job'));
  await until(async () => (await arm.get('job')).body.properties.provisioningState === 'Deleting');
  await arm.clock.advance(5_000);
  expect((await deleting).status).toBe(200);
  const operation = created.headers.get('azure-asyncoperation') ?? '';
  expect((await arm.call('GET', operation)).body.status).toBe('Failed');
});
