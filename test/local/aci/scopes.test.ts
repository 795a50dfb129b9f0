import { expect, test } from 'vitest';
import { until } from '../../until.ts';
import { callArm, groupOf, subscriptionId } from './armCaller.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const provider = 'providers/Microsoft.ContainerInstance';
const other = '99999999-2222-3333-4444-555555555555';
const listAll = (id = subscriptionId) => `/subscriptions/${id}/${provider}/containerGroups`;
const listGroup = (name: string) => `${subscription}/resourceGroups/${name}/${provider}/containerGroups`;

test('subscriptions and resource groups come into being when something is written to them', async () => {
  const arm = await callArm();
  const subscriptions = () => arm.call('GET', '/subscriptions?api-version=2022-12-01');
  expect((await subscriptions()).body).toEqual({ value: [] });
  expect((await arm.get('job')).body.error).toEqual({
    code: 'ResourceNotFound',
    message:
      "The Resource 'Microsoft.ContainerInstance/containerGroups/job' under resource group 'jobs' was not found.",
  });
  expect((await arm.call('GET', listAll())).body).toEqual({ value: [] });
  await arm.put('job', groupOf(''));
  expect((await subscriptions()).body.value).toMatchObject([
    { id: subscription, subscriptionId, state: 'Enabled' },
  ]);
  await arm.emulator.close();
});

test('strict: they must be there first', async () => {
  const arm = await callArm({ strict: true });
  expect((await arm.put('job', groupOf(''))).body.error.code).toBe('SubscriptionNotFound');
  const version = '?api-version=2021-04-01';
  const body = { location: 'westeurope' };
  expect((await arm.call('PUT', `${subscription}/resourcegroups/other${version}`, {})).body.error.code).toBe(
    'LocationRequired',
  );
  expect((await arm.call('PUT', `${subscription}/resourcegroups/other${version}`, body)).status).toBe(201);
  const refused = await arm.put('job', groupOf(''));
  expect([refused.status, refused.body.error.code]).toEqual([404, 'ResourceGroupNotFound']);
  expect((await arm.call('PUT', `${subscription}/resourcegroups/jobs${version}`, body)).status).toBe(201);
  expect((await arm.call('PUT', `${subscription}/resourcegroups/jobs${version}`, body)).status).toBe(200);
  expect((await arm.put('job', groupOf(''))).status).toBe(201);
  expect((await arm.call('GET', listAll(other))).body.error.code).toBe('SubscriptionNotFound');
  expect((await arm.call('GET', listGroup('none'))).body.error.code).toBe('ResourceGroupNotFound');
  await arm.emulator.close();
});

test('lists carry no state', async () => {
  const arm = await callArm();
  await arm.provision('one', groupOf(''));
  await arm.provision('two', groupOf(''));
  await arm.call('PUT', `${listGroup('elsewhere')}/three`, groupOf(''));
  await until(async () => (await arm.get('one')).body.properties.instanceView.state === 'Succeeded');
  const names = ({ body }: { body: { value: { name: string }[] } }) => body.value.map(({ name }) => name);
  const all = await arm.call('GET', listAll());
  expect(names(all)).toEqual(['one', 'two', 'three']);
  expect(names(await arm.call('GET', listGroup('JOBS')))).toEqual(['one', 'two']);
  expect(JSON.stringify(all.body)).not.toContain('instanceView');
  expect(all.body.value[0].properties.provisioningState).toBe('Succeeded');
  await arm.emulator.close();
});
