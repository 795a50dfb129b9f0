import { join } from 'node:path';
import type { HttpFunctionOptions, SetupOptions, StorageQueueFunctionOptions } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

type HttpTrigger = { methods: string[]; route: string; authLevel: string };

/** What the composition root tells the Functions runtime; there is none here, so it is written down. */
const registered = vi.hoisted(() => ({
  functions: new Map<string, HttpTrigger>(),
  queues: new Map<string, { queueName: string; connection: string }>(),
  timers: new Map<string, string>(),
  setups: [] as unknown[],
}));

vi.mock('@azure/functions', async (importOriginal) => ({
  ...(await importOriginal<typeof import('@azure/functions')>()),
  app: {
    setup: (options: SetupOptions) => void registered.setups.push(options),
    http(name: string, { trigger }: HttpFunctionOptions) {
      expect(registered.functions.has(name)).toBe(false);
      const { methods, route, authLevel } = trigger as unknown as HttpTrigger;
      registered.functions.set(name, { methods, route, authLevel });
    },
    timer: (name: string, { schedule }: { schedule: string }) => void registered.timers.set(name, schedule),
    storageQueue(name: string, { queueName, connection }: StorageQueueFunctionOptions) {
      registered.queues.set(name, { queueName, connection });
    },
  },
}));

beforeAll(async () => {
  for (const name of ['ARM_ENDPOINT', 'ALLOWED_SCOPES', 'PUBLIC_URL']) {
    vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AzureWebJobsStorage', 'UseDevelopmentStorage=true');
  vi.stubEnv('ACI_SUBSCRIPTION_ID', '11111111-2222-3333-4444-555555555555');
  vi.stubEnv('ACI_RESOURCE_GROUP', 'jobs');
  vi.stubEnv('ACI_CONTAINER_GROUP', 'nightly');
  vi.stubEnv('JOBS_FILE', join(import.meta.dirname, 'hooked.jobs.json'));
  vi.stubEnv('HOOK_SECRET', 'a secret of 16 letters');
  await import('../../src/main.ts');
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const group = 'azure/containers/{subscriptionId}/{resourceGroup}/{name}';

describe('the functions', () => {
  test.each([
    ['health', 'GET', 'health', 'anonymous'],
    ['show-container-group', 'GET', group, 'function'],
    ['show-logs', 'GET', `${group}/logs`, 'function'],
    ['show-metrics', 'GET', `${group}/metrics`, 'function'],
    ['launch-container-group', 'POST', `${group}/runs`, 'function'],
    ['list-runs', 'GET', `${group}/runs`, 'function'],
    ['show-run', 'GET', `${group}/runs/{runId}`, 'function'],
    ['show-run-logs', 'GET', `${group}/runs/{runId}/logs`, 'function'],
    ['cancel-run', 'POST', `${group}/runs/{runId}/cancel`, 'function'],
    ['rerun-run', 'POST', `${group}/runs/{runId}/rerun`, 'function'],
    ['whoami', 'GET', 'whoami', 'function'],
    ['show-openapi', 'GET', 'openapi.json', 'function'],
    ['show-swagger', 'GET', 'swagger.json', 'function'],
    ['show-result', 'GET', 'results/{ticket}', 'anonymous'],
    ['show-console', 'GET', 'console', 'anonymous'],
    ['show-console-file', 'GET', 'console/{file}', 'anonymous'],
    ['list-job-runs', 'GET', 'jobs/{job}/runs', 'function'],
    ['list-jobs', 'GET', 'jobs', 'function'],
    ['show-job', 'GET', 'jobs/{job}', 'function'],
    ['launch-job-default', 'POST', 'jobs/default/runs', 'function'],
    ['trigger-job-default', 'POST', 'jobs/default/trigger', 'function'],
    ['launch-job-hooked', 'POST', 'jobs/hooked/runs', 'function'],
    ['unknown-job-runs', 'POST', 'jobs/{job}/runs', 'function'],
    ['unknown-job-trigger', 'POST', 'jobs/{job}/trigger', 'function'],
  ])("have %s where the design's table has it: %s %s, %s", (name, method, route, authLevel) => {
    expect(registered.functions.get(name)).toEqual({ methods: [method], route, authLevel });
  });

  test.each(['receive-hook-hooked', 'unknown-hook'])('have %s at the POST and OPTIONS of a hook', (name) => {
    const route = name === 'unknown-hook' ? 'hooks/{job}' : 'hooks/hooked';

    expect(registered.functions.get(name)).toEqual({
      methods: ['POST', 'OPTIONS'],
      route,
      authLevel: 'anonymous',
    });
  });

  test('have a timer for a job with a schedule', () => {
    expect(registered.timers).toEqual(new Map([['run-job-on-schedule-hooked', '0 0 2 * * *']]));
  });

  test.each([
    ['watch-run', 'aci-runs'],
    ['watch-run-poison', 'aci-runs-poison'],
    ['send-callback', 'aci-callbacks'],
    ['send-callback-poison', 'aci-callbacks-poison'],
  ])('have %s at the queue %s', (name, queueName) => {
    expect(registered.queues.get(name)).toEqual({ queueName, connection: 'AzureWebJobsStorage' });
  });

  test('are open to anybody for the health and the console’s files, to who holds a ticket for a result, and to who signs for a hook', () => {
    const open = [...registered.functions].filter(([, { authLevel }]) => authLevel !== 'function');

    expect(open.map(([name]) => name).sort()).toEqual([
      'health',
      'receive-hook-hooked',
      'show-console',
      'show-console-file',
      'show-result',
      'unknown-hook',
    ]);
  });

  test('have a route of their own each', () => {
    const routes = [...registered.functions.values()].flatMap(({ methods, route }) =>
      methods.map((method) => `${method} ${route.replaceAll(/\{\w+\}/g, '{}')}`),
    );

    expect(new Set(routes).size).toBe(routes.length);
  });

  test('have names that a URL and a log can hold', () => {
    for (const name of registered.functions.keys()) {
      expect(name).toMatch(/^[a-z][a-z0-9-]*$/);
    }
  });

  test('of a job come before the one for jobs that there are not: the host takes the first by name', () => {
    const ofAction = (action: string) =>
      [...registered.functions]
        .filter(
          ([, { methods, route }]) =>
            methods.includes('POST') && new RegExp(`^jobs/[^/]+/${action}$`).test(route),
        )
        .map(([name]) => name)
        .sort();

    expect(ofAction('runs')).toEqual(['launch-job-default', 'launch-job-hooked', 'unknown-job-runs']);
    expect(ofAction('trigger')).toEqual(['trigger-job-default', 'trigger-job-hooked', 'unknown-job-trigger']);
  });

  test('get bodies as streams: without that a chunked one is lost', () => {
    expect(registered.setups).toEqual([{ enableHttpStream: true }]);
  });
});
