import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf, subscriptionId } from './armCaller.ts';
import { isAlive } from './isAlive.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm({ strict: true });
});

afterEach(() => arm.emulator.close());

const busy = 'console.log(process.pid); setInterval(() => {}, 1000)';
const path = `/subscriptions/${subscriptionId}/resourceGroups/jobs?api-version=2021-04-01`;
const create = () => arm.call('PUT', path, { location: 'westeurope' });

test('a resource group is created, read, and refused when it is not there', async () => {
  const other = path.replace('jobs', 'others');
  await create();
  expect((await arm.call('GET', path)).body).toEqual({
    id: `/subscriptions/${subscriptionId}/resourceGroups/jobs`,
    name: 'jobs',
    type: 'Microsoft.Resources/resourceGroups',
    location: 'westeurope',
    properties: { provisioningState: 'Succeeded' },
  });
  for (const method of ['GET', 'DELETE']) {
    const { status, body } = await arm.call(method, other);
    expect([status, body.error]).toEqual([
      404,
      { code: 'ResourceGroupNotFound', message: "Resource group 'others' could not be found." },
    ]);
  }
});

test('the resource groups of a subscription are listed', async () => {
  await create();
  await arm.call('PUT', path.replace('jobs', 'others'), { location: 'westeurope' });
  const { body } = await arm.call('GET', path.replace('/jobs', ''));
  expect(body.value.map(({ name }: { name: string }) => name)).toEqual(['jobs', 'others']);
  const elsewhere = path.replace('/jobs', '').replace(subscriptionId, '99999999-0000-0000-0000-000000000000');
  expect((await arm.call('GET', elsewhere)).body.error.code).toBe('SubscriptionNotFound');
});

test('a resource group is deleted with all that is in it: 202, a Location that is 202, and then 200', async () => {
  await create();
  await arm.provision('job', groupOf(busy));
  const pid = Number(await until(async () => (await arm.logs('job')).body.content ?? undefined));
  expect(isAlive(pid)).toBe(true);
  const deleting = await arm.call('DELETE', path);
  expect([deleting.status, deleting.headers.get('retry-after')]).toEqual([202, '1']);
  const location = deleting.headers.get('location') ?? '';
  expect(location.startsWith(arm.emulator.armEndpoint)).toBe(true);
  expect((await arm.call('GET', location)).status).toBe(202);
  expect((await arm.call('GET', path)).body.properties.provisioningState).toBe('Deleting');
  for (const refused of [await arm.put('new', groupOf(busy)), await create()]) {
    expect([refused.status, refused.body.error.code]).toEqual([409, 'ResourceGroupBeingDeleted']);
  }
  await until(() => !isAlive(pid));
  await arm.clock.advance(300);
  await until(async () => (await arm.call('GET', location)).status === 200);
  expect((await arm.get('job')).body.error.code).toBe('ResourceGroupNotFound');
  expect((await create()).status).toBe(201);
  expect((await arm.get('job')).body.error.code).toBe('ResourceNotFound');
});
