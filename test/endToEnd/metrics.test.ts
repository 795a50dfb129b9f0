import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { patiently } from '../until.ts';
import { type App, startApp } from './app.ts';
import { atOnce, createGroup, groupPath, resourceId, subscriptionId } from './groups.ts';

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: { ...atOnce, measureMs: 1_000 }, limits: noLimits });
  await createGroup(emulator, 'busy', { command: ['node', '-e', 'setInterval(() => {}, 1000)'] });
  await createGroup(emulator, 'scripted', {});
  app = await startApp({
    arm: emulator,
    settings: { ALLOWED_SCOPES: `/subscriptions/${subscriptionId}/resourceGroups/jobs` },
  });
});
beforeEach(() => emulator.faults.clear());
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

type Point = { time: string; average: number; maximum: number };
type Metrics = {
  containerGroup: string;
  timespan: { start: string; end: string };
  interval: string;
  containers: { name: string; cpuMillicores: Point[]; memoryBytes: Point[] }[];
  error: { code: string; message: string };
};

async function ask(path: string) {
  const before = emulator.requests.length;
  const answer = await fetch(`${app.url}${path}`);
  const calls = emulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
  return { status: answer.status, calls, body: (await answer.json()) as Metrics };
}
const metricsOf = (name: string, query = '') => ask(`${groupPath(name)}/metrics${query}`);

test.runIf(process.platform === 'linux')(
  'a container that runs has used memory and CPU, and one call to Azure tells so',
  { timeout: 30_000 },
  async () => {
    const { status, calls, body } = await patiently(20, async () => {
      const found = await metricsOf('busy', '?timespan=PT5M');
      return (found.body.containers[0]?.cpuMillicores.length ?? 0) > 0 && found;
    });

    expect(status).toBe(200);
    expect(calls).toEqual([`GET ${resourceId('busy')}/providers/Microsoft.Insights/metrics`]);
    expect(body).toMatchObject({ containerGroup: resourceId('busy'), interval: 'PT1M' });
    expect(Date.parse(body.timespan.end) - Date.parse(body.timespan.start)).toBe(300_000);
    const [main] = body.containers;
    expect(main?.name).toBe('main');
    expect(main?.memoryBytes[0]?.maximum).toBeGreaterThan(1_000_000);
    expect(main?.memoryBytes[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    expect(main?.cpuMillicores[0]?.average).toBeGreaterThanOrEqual(0);
  },
);

test('of what cannot be measured there is nothing', async () => {
  expect(await metricsOf('scripted')).toMatchObject({ status: 200, body: { containers: [] } });
});

test.each(['PT1M', 'PT5M', 'PT15M', 'PT30M', 'PT1H', 'PT6H', 'PT12H'])(
  'Azure takes the interval %s',
  async (interval) => {
    expect(await metricsOf('busy', `?timespan=PT12H&interval=${interval}`)).toMatchObject({
      status: 200,
      body: { interval },
    });
  },
);

test('the longest timespan is taken, and what is wrong with another is said without asking Azure', async () => {
  expect(await metricsOf('busy', '?timespan=P30D')).toMatchObject({
    status: 200,
    body: { interval: 'PT30M' },
  });
  expect(await metricsOf('busy', '?timespan=P31D&interval=hourly')).toMatchObject({
    status: 400,
    calls: [],
    body: { error: { details: [{ target: 'timespan' }, { target: 'interval' }] } },
  });
});

test('a group that is not there, or out of scope, has none', async () => {
  expect(await metricsOf('nobody')).toMatchObject({
    status: 404,
    body: { error: { code: 'ResourceNotFound' } },
  });
  expect(await ask(`/api/azure/containers/${subscriptionId}/other/one/metrics`)).toMatchObject({
    status: 403,
    calls: [],
    body: { error: { code: 'ScopeNotAllowed' } },
  });
});

test('an identity without the right is told of the role that has it', async () => {
  emulator.faults.add({ action: 'error', code: 'AuthorizationFailed', path: '**/metrics' });

  const { status, body } = await metricsOf('busy');
  expect([status, body.error.code]).toEqual([403, 'AuthorizationFailed']);
  expect(body.error.message).toContain("action 'Microsoft.Insights/metrics/read'");
  expect(body.error.message).toContain("Give the app's managed identity 'Monitoring Reader'");
});
