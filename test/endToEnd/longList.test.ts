import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, startApp } from './app.ts';
import { atOnce } from './groups.ts';

const subscriptions = 10;
const groupsOfEach = 50;

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const { token } = emulator.mintToken();
  const body = JSON.stringify({
    location: 'westeurope',
    properties: {
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        { name: 'main', properties: { image: 'any', resources: { requests: { cpu: 1, memoryInGB: 1 } } } },
      ],
    },
  });
  for (let subscription = 0; subscription < subscriptions; subscription++) {
    const id = `${subscription}`.repeat(8).concat('-0000-0000-0000-000000000000');
    await Promise.all(
      Array.from({ length: groupsOfEach }, (_, index) =>
        fetch(
          `${emulator.armEndpoint}/subscriptions/${id}/resourceGroups/rg-${index % 20}/providers/Microsoft.ContainerInstance/containerGroups/g-${index}?api-version=2026-07-01`,
          {
            method: 'PUT',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body,
          },
        ),
      ),
    );
  }
  app = await startApp({ arm: emulator });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

test('500 groups of ten subscriptions cost one call for the subscriptions, one for each, and one for each group', async () => {
  const before = emulator.requests.length;

  const answer = await fetch(`${app.url}/api/azure/containers`);
  const { value, errors } = (await answer.json()) as { value: { status: string }[]; errors?: object[] };

  expect(value).toHaveLength(subscriptions * groupsOfEach);
  expect(errors).toBeUndefined();
  expect(value.filter(({ status }) => status === 'Unknown')).toEqual([]);
  expect(emulator.requests.length - before).toBe(1 + subscriptions + subscriptions * groupsOfEach);
});
