import { type ContainerGroup, ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../local/aci/emulator.ts';
import { until } from '../../until.ts';
import { manualClock } from '../manualClock.ts';

const clock = manualClock();
const subscriptionId = '11111111-2222-3333-4444-555555555555';
let emulator: Emulator;
let client: ContainerInstanceManagementClient;

beforeAll(async () => {
  emulator = await startEmulator({ clock, https: true, pageSize: 1 });
  const { token } = emulator.mintToken();
  client = new ContainerInstanceManagementClient(
    { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) },
    subscriptionId,
    {
      endpoint: emulator.armEndpoint,
      $host: emulator.armEndpoint,
      credentialScopes: ['https://management.azure.com/.default'],
      tlsOptions: { ca: emulator.certificate ?? '' },
    },
  );
});

afterAll(() => emulator.close());

const group = (script: string): ContainerGroup => ({
  location: 'westeurope',
  osType: 'Linux',
  restartPolicy: 'Never',
  tags: { by: 'me' },
  containers: [
    {
      name: 'main',
      image: 'example.azurecr.io/job:1',
      command: [process.execPath, '-e', script],
      resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
    },
  ],
});

const hello = "console.log('hello'); setInterval(() => {}, 1000)";
const get = () => client.containerGroups.get('jobs', 'job');
const isRunning = async () => (await get()).containers[0]?.instanceView?.currentState?.state === 'Running';

type Poller = { poll(): Promise<unknown>; isDone(): boolean };

/** Polls an operation that is under way, moves the clock past it, and polls it to its end. */
async function finish<P extends Poller>(poller: P): Promise<P> {
  await poller.poll();
  expect(poller.isDone()).toBe(false);
  await clock.advance(1_200);
  await until(isRunning);
  await clock.advance(300);
  await poller.poll();
  expect(poller.isDone()).toBe(true);
  return poller;
}

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
}

test('the stock client goes through the whole life of a group', async () => {
  const { containerGroups, containers } = client;
  const creating = await finish(await containerGroups.beginCreateOrUpdate('jobs', 'job', group(hello)));
  expect(creating.getResult()).toMatchObject({ name: 'job', provisioningState: 'Succeeded' });
  expect((await get()).instanceView?.state).toBe('Running');
  await until(async () => (await containers.listLogs('jobs', 'job', 'main')).content === 'hello\n');

  const changed = { ...group(hello), tags: { by: 'you' } };
  await finish(await containerGroups.beginCreateOrUpdate('jobs', 'job', changed));
  expect((await get()).tags).toEqual({ by: 'you' });
  expect((await containerGroups.update('jobs', 'job', { tags: { only: 'this' } })).tags).toEqual({
    only: 'this',
  });
  const size = { rows: 12, cols: 80 };
  expect(
    await containers.executeCommand('jobs', 'job', 'main', { command: '/bin/sh', terminalSize: size }),
  ).toEqual({ webSocketUri: expect.stringMatching(/^wss:/), password: expect.any(String) });
  expect(await containers.attach('jobs', 'job', 'main')).toMatchObject({ password: expect.any(String) });
  expect(await containerGroups.getOutboundNetworkDependenciesEndpoints('jobs', 'job')).toEqual([]);

  await finish(await containerGroups.beginRestart('jobs', 'job'));
  expect((await get()).containers[0]?.instanceView?.restartCount).toBe(1);
  await containerGroups.stop('jobs', 'job');
  expect((await get()).instanceView?.state).toBe('Stopped');
  await finish(await containerGroups.beginStart('jobs', 'job'));
  expect((await get()).instanceView?.state).toBe('Running');

  const deleting = containerGroups.beginDelete('jobs', 'job');
  await until(async () => (await get()).provisioningState === 'Deleting');
  await clock.advance(300);
  const deleted = await deleting;
  await deleted.poll();
  expect(deleted.isDone()).toBe(true);
  await expect(get()).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' });
});

test('the stock client lists page by page', async () => {
  for (const name of ['one', 'two']) {
    await client.containerGroups.beginCreateOrUpdate('listed', name, group(''));
  }
  const names = (groups: ContainerGroup[]) => groups.map(({ name }) => name);
  expect(names(await all(client.containerGroups.list()))).toEqual(['one', 'two']);
  expect(names(await all(client.containerGroups.listByResourceGroup('listed')))).toEqual(['one', 'two']);
});

test('the stock client reads what a location has, and what can be done', async () => {
  const [usage] = await all(client.location.listUsage('westeurope'));
  expect(usage).toMatchObject({ unit: 'Count', limit: 100, name: { value: 'ContainerGroups' } });
  expect((await all(client.location.listCapabilities('westeurope')))[0]).toMatchObject({
    resourceType: 'containerGroups',
    osType: 'Linux',
    location: 'westeurope',
    capabilities: { maxCpu: 31, maxMemoryInGB: 240 },
  });
  expect((await all(client.location.listCachedImages('westeurope')))[0]).toMatchObject({ osType: 'Linux' });
  const operations = (await all(client.operations.list())).map(({ name }) => name);
  // facts/aci.md, Managed identity: the actions.
  for (const action of [
    'containerGroups/read',
    'containerGroups/write',
    'containerGroups/delete',
    'containerGroups/start/action',
    'containerGroups/stop/action',
    'containerGroups/restart/action',
    'containerGroups/containers/logs/read',
    'containerGroups/containers/exec/action',
    'containerGroups/containers/attach/action',
    'locations/operations/read',
    'locations/usages/read',
  ]) {
    expect(operations).toContain(`Microsoft.ContainerInstance/${action}`);
  }
});

test('the stock client waits out a 429 as long as it is told, and then is served', async () => {
  emulator.faults.add({
    action: 'error',
    code: 'ResourceRequestsThrottled',
    headers: { 'Retry-After': '0' },
  });
  const before = emulator.requests.length;
  expect((await client.containerGroups.get('listed', 'one')).name).toBe('one');
  expect(emulator.requests.slice(before).map(({ status }) => status)).toEqual([429, 200]);
});

test('a client that does not know the certificate is not served', async () => {
  await expect(fetch(`${emulator.armEndpoint}/subscriptions`)).rejects.toMatchObject({
    cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
  });
});
