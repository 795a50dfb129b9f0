import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits, noLimits } from '../../../local/aci/limits.ts';
import { callArm, groupOf, subscriptionId } from './armCaller.ts';

const busy = 'setInterval(() => {}, 1000)';
const cores = (cpu: number, change: object = {}) =>
  groupOf(busy, { container: { resources: { requests: { cpu, memoryInGB: 1 } } }, properties: change });

// [R] facts/aci.md, Errors: ContainerGroupQuotaReached.
test('[R] one group too many in a region is refused with the quota, its limit and its usage', async () => {
  const arm = await callArm({ limits: { ...noLimits, containerGroups: 2 } });
  onTestFinished(() => arm.emulator.close());
  await arm.put('one', groupOf(busy));
  await arm.put('two', groupOf(busy));
  const { status, body } = await arm.put('three', groupOf(busy));
  expect([status, body]).toEqual([
    400,
    {
      error: {
        code: 'ContainerGroupQuotaReached',
        message:
          "Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota 'ContainerGroups' exceeded in region 'westeurope'. Limit: '2', Usage: '2' Requested: '1'.",
      },
    },
  ]);
  expect((await arm.put('three', { ...groupOf(busy), location: 'East US' })).status).toBe(201);
  await arm.clock.advance(1_500);
  expect((await arm.put('two', groupOf(busy))).status).toBe(200);
  const elsewhere = arm.path('three').replace(subscriptionId, '99999999-2222-3333-4444-555555555555');
  expect((await arm.call('PUT', elsewhere, groupOf(busy))).status).toBe(201);
});

test('cores are counted while a group runs: a stopped one may not find its way back', async () => {
  const arm = await callArm({ limits: { ...noLimits, cores: 10 } });
  onTestFinished(() => arm.emulator.close());
  await arm.provision('big', cores(6));
  const refused = await arm.put('other', cores(5));
  expect(refused.body.error.message).toBe(
    "Resource type 'Microsoft.ContainerInstance/containerGroups' container group quota 'StandardCores' exceeded in region 'westeurope'. Limit: '10', Usage: '6' Requested: '5'.",
  );
  expect((await arm.put('spot', cores(4, { priority: 'Spot' }))).status).toBe(201);
  await arm.post('big', 'stop');
  await arm.provision('other', cores(5));
  for (const verb of ['start', 'restart']) {
    expect((await arm.post('big', verb)).body.error.code).toBe('ContainerGroupQuotaReached');
  }
  await arm.post('other', 'stop');
  expect((await arm.post('big', 'start')).status).toBe(202);
});

// facts/aci.md, Other routes: the shape of usages, and Limits: 100 groups and 100 cores.
test('usages say what a region has left', async () => {
  const arm = await callArm({ limits: defaultLimits });
  onTestFinished(() => arm.emulator.close());
  await arm.put('one', cores(2));
  const usages = `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/westeurope/usages`;
  const { status, body } = await arm.call('GET', usages);
  const usage = (name: string, localizedValue: string, currentValue: number) => ({
    id: `${usages}/${name}`,
    unit: 'Count',
    currentValue,
    limit: 100,
    name: { value: name, localizedValue },
  });
  expect([status, body]).toEqual([
    200,
    {
      value: [
        usage('ContainerGroups', 'Container Groups', 1),
        usage('StandardCores', 'Standard Cores', 2),
        usage('StandardSpotCores', 'Standard Spot Cores', 0),
      ],
    },
  ]);
});

// [R] facts/aci.md, Errors: ServiceUnavailable is 409; Limits: 31 CPU and 240 GB, Spot 4 and 16.
test.each([
  ['31.1 cores', { cpu: 31.1, memoryInGB: 1 }, {}, "'31.1' CPU '1' GB memory 'Linux' OS"],
  ['241 GB', { cpu: 1, memoryInGB: 241 }, {}, "'1' CPU '241' GB memory 'Linux' OS"],
  [
    '5 cores of a Spot group in a network',
    { cpu: 5, memoryInGB: 16 },
    { priority: 'Spot', subnetIds: [{ id: '/s' }] },
    "'5' CPU '16' GB memory 'Linux' OS virtual network",
  ],
])('[R] %s are not to be had', async (_, requests, properties, resources) => {
  const arm = await callArm();
  onTestFinished(() => arm.emulator.close());
  const group = (resourceRequests: object) =>
    groupOf('', { container: { resources: { requests: resourceRequests } }, properties });
  const { status, body } = await arm.put('job', group(requests));
  expect([status, body.error]).toEqual([
    409,
    {
      code: 'ServiceUnavailable',
      message: `The requested resource is not available in the location 'westeurope' at this moment. Please retry with a different resource request or in another location. Resource requested: ${resources}`,
    },
  ]);
  expect((await arm.put('job', group({ cpu: 4, memoryInGB: 16 }))).status).toBe(201);
});
