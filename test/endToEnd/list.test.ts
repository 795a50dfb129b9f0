import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { callArm } from '../../local/armRest.ts';
import { type App, startApp } from './app.ts';
import { atOnce } from './groups.ts';

const subscriptionIds = ['1', '2', '3'].map((digit) =>
  digit.repeat(8).concat('-0000-0000-0000-000000000000'),
);
const idOf = (subscriptionId: string | undefined, name: string) =>
  `/subscriptions/${subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/${name}`;

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits, pageSize: 2 });
  for (const subscriptionId of subscriptionIds) {
    for (const name of ['a', 'b', 'c']) {
      await callArm(emulator, 'PUT', idOf(subscriptionId, name), {
        location: 'westeurope',
        properties: {
          osType: 'Linux',
          restartPolicy: 'Never',
          containers: [
            {
              name: 'main',
              properties: { image: 'any', resources: { requests: { cpu: 1, memoryInGB: 1 } } },
            },
          ],
        },
      });
    }
  }
  app = await startApp({ arm: emulator });
});
beforeEach(() => emulator.faults.clear());
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

type List = {
  value: { name: string; subscriptionId: string; status: string }[];
  nextLink?: string;
  errors?: object[];
};

async function list(query = ''): Promise<{ status: number; calls: string[]; body: List }> {
  const before = emulator.requests.length;
  const answer = await fetch(`${app.url}/api/azure/containers${query}`);
  const calls = emulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { status: answer.status, calls, body: (await answer.json()) as List };
}

test('every group of every subscription is listed with its state, whatever the pages of Azure', async () => {
  const { body, calls } = await list();

  expect(body.value.map(({ name, subscriptionId }) => [subscriptionId, name])).toEqual(
    subscriptionIds.flatMap((subscriptionId) => ['a', 'b', 'c'].map((name) => [subscriptionId, name])),
  );
  expect(body).not.toHaveProperty('errors');
  const gets = calls.filter((call) => call.includes('/containerGroups/'));
  expect(gets).toHaveLength(9);
});

test('a subscription that is refused is told of, one that throttles is waited for, the rest is there', async () => {
  const [first = '', second = ''] = subscriptionIds;
  emulator.faults.add({
    action: 'error',
    code: 'AuthorizationFailed',
    path: `/subscriptions/${first}/**`,
    times: 'always',
  });
  emulator.faults.add({
    action: 'error',
    code: 'SubscriptionRequestsThrottled',
    headers: { 'Retry-After': '1' },
    path: `/subscriptions/${second}/providers/**`,
  });

  const { status, body } = await list();

  expect(status).toBe(200);
  expect(body.value.map(({ subscriptionId }) => subscriptionId)).toEqual(
    subscriptionIds.slice(1).flatMap((subscriptionId) => [subscriptionId, subscriptionId, subscriptionId]),
  );
  expect(body.errors).toEqual([
    {
      scope: `/subscriptions/${first}`,
      code: 'AuthorizationFailed',
      message: expect.stringContaining("Give the app's managed identity a role"),
    },
  ]);
});

test('of one subscription is Azure’s own error when Azure refuses it', async () => {
  emulator.faults.add({
    action: 'error',
    code: 'AuthorizationFailed',
    path: `/subscriptions/${subscriptionIds[0]}/**`,
  });

  expect(await list(`?subscriptionId=${subscriptionIds[0]}`)).toMatchObject({
    status: 403,
    body: { error: { code: 'AuthorizationFailed' } },
  });
});

test('of pages, the token of the next names no URL, and one that is made up is refused', async () => {
  const { body } = await list('?top=4');
  const token = new URL(body.nextLink ?? '').searchParams.get('skipToken') ?? '';
  expect(Buffer.from(token, 'base64url').toString()).not.toMatch(/https?:/);

  for (const made of [
    'x',
    Buffer.from('http://evil.example/').toString('base64url'),
    Buffer.from('/subscriptions/..').toString('base64url'),
  ]) {
    expect(await list(`?skipToken=${made}`)).toMatchObject({ status: 400, calls: [] });
  }
});

test.each(['top=0', 'top=1001', 'top=x', 'status=Runing', 'subscriptionId=x', 'resourceGroup=a%2Fb'])(
  '%s is refused',
  async (query) => {
    expect(await list(`?${query}`)).toMatchObject({
      status: 400,
      calls: [],
      body: { error: { code: 'InvalidRequest' } },
    });
  },
);
