import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf, subscriptionId } from './armCaller.ts';

let arm: ArmCaller;

beforeAll(async () => {
  arm = await callArm({ strict: true, pageSize: 1 });
});

afterAll(() => arm.emulator.close());

const rg = `/subscriptions/${subscriptionId}/resourceGroups/jobs`;
const version = '?api-version=2021-04-01';
const state = async () => (await arm.get('job')).body.properties.instanceView.state;
const operation = async (headers: Headers) =>
  (await arm.call('GET', headers.get('azure-asyncoperation') ?? '')).body.status;

test('a plain REST client goes through the whole life of a group', async () => {
  expect((await arm.put('job', groupOf(''))).body.error.code).toBe('SubscriptionNotFound');
  expect((await arm.call('PUT', `${rg}${version}`, { location: 'westeurope' })).status).toBe(201);

  const greet = (name: string) => ({
    ...groupOf("console.log('hello ' + process.env.NAME); setInterval(() => {}, 1000)", {
      container: { environmentVariables: [{ name: 'NAME', value: name }] },
    }),
    tags: { by: 'me' },
  });
  const said = (text: string) => until(async () => (await arm.logs('job')).body.content === text);

  const created = await arm.put('job', greet('Ada'));
  expect([created.status, await operation(created.headers)]).toEqual([201, 'Pending']);
  expect((await arm.put('job', greet('Bob'))).status).toBe(409);
  await arm.clock.advance(1_500);
  expect([await operation(created.headers), await state()]).toEqual(['Succeeded', 'Running']);
  await said('hello Ada\n');

  const updated = await arm.put('job', greet('Bob'));
  expect([updated.status, updated.body.properties.provisioningState]).toEqual([200, 'Updating']);
  await arm.clock.advance(1_200);
  await said('hello Bob\n');
  await arm.clock.advance(300);
  expect(await operation(updated.headers)).toBe('Succeeded');

  expect((await arm.call('PATCH', arm.path('job'), { tags: { by: 'you' } })).body.tags).toEqual({
    by: 'you',
  });
  const attached = await arm.post('job', 'containers/main/attach');
  expect([attached.status, Object.keys(attached.body)]).toEqual([200, ['webSocketUri', 'password']]);

  expect((await arm.post('job', 'stop')).status).toBe(204);
  expect([await state(), (await arm.logs('job')).body.content]).toEqual(['Stopped', 'hello Bob\n']);
  const started = await arm.post('job', 'start');
  expect(started.status).toBe(202);
  await arm.clock.advance(1_500);
  expect([await operation(started.headers), await state()]).toEqual(['Succeeded', 'Running']);
  await said('hello Bob\n');
  const restarted = await arm.post('job', 'restart');
  expect(restarted.status).toBe(204);
  await arm.clock.advance(1_200);
  await until(async () => (await state()) === 'Running');
  await arm.clock.advance(300);
  expect(await operation(restarted.headers)).toBe('Succeeded');

  const deleting = arm.call('DELETE', arm.path('job'));
  await until(async () => (await arm.get('job')).body.properties?.provisioningState === 'Deleting');
  await arm.clock.advance(300);
  const deleted = await deleting;
  expect([deleted.status, deleted.body.name, deleted.body.tags]).toEqual([200, 'job', { by: 'you' }]);
  expect((await arm.get('job')).status).toBe(404);
  expect((await arm.call('DELETE', arm.path('job'))).status).toBe(204);
});

test('lists in pages lead from one to the next, each resource once', async () => {
  const names = ['one', 'two', 'three'];
  for (const name of names) {
    await arm.put(name, groupOf(''));
  }
  const provider = 'providers/Microsoft.ContainerInstance/containerGroups';
  for (const list of [`/subscriptions/${subscriptionId}/${provider}`, `${rg}/${provider}`]) {
    const found: string[] = [];
    for (let next: string | undefined = list; next !== undefined; ) {
      const { status, body } = await arm.call('GET', next);
      expect([status, body.value.length]).toEqual([200, 1]);
      found.push(body.value[0].name);
      next = body.nextLink;
      expect(next === undefined || next.startsWith(`${arm.emulator.armEndpoint}${list}?`)).toBe(true);
    }
    expect(found).toEqual(names);
  }
  const other = '99999999-2222-3333-4444-555555555555';
  await arm.call('PUT', `/subscriptions/${other}/resourceGroups/rg${version}`, { location: 'westeurope' });
  const first = await arm.call('GET', '/subscriptions?api-version=2022-12-01');
  const second = await arm.call('GET', first.body.nextLink);
  expect([first.body.value[0].subscriptionId, second.body.value[0].subscriptionId]).toEqual([
    subscriptionId,
    other,
  ]);
  expect(second.body).not.toHaveProperty('nextLink');
  expect((await arm.call('GET', '/subscriptions?api-version=2022-12-01&$skiptoken=x')).status).toBe(400);
});
