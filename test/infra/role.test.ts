import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import builtIn from '../../infra/roles/builtIn.json' with { type: 'json' };
import role from '../../infra/roles/launcher.json' with { type: 'json' };
import reasons from '../../infra/roles/reasons.json' with { type: 'json' };
import subnetJoin from '../../infra/roles/subnetJoin.json' with { type: 'json' };
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, startApp } from '../endToEnd/app.ts';
import { patienceSeconds } from '../endToEnd/ended.ts';
import { atOnce, createGroup, groupPath, resourceId, subscriptionId } from '../endToEnd/groups.ts';
import { patiently } from '../until.ts';
import { armAction } from './armAction.ts';

let emulator: Emulator;
let app: App;
/** What the app, and nobody else, asks ARM for. */
let asked: { method: string; path: string }[];

const hook = { preset: 'secret-header', secret: 'setting:HOOK_SECRET', header: 'x-secret' };
const hookSecret = 'a secret of 16 letters';
const body = { subscriptionId, resourceGroup: 'jobs', containerName: 'again' };
const created = { subscriptionId, rgName: 'jobs', cnName: 'created', image: 'any', restartPolicy: 'Never' };
const document = {
  location: 'westeurope',
  properties: {
    osType: 'Linux',
    restartPolicy: 'Never',
    containers: [
      { name: 'main', properties: { image: 'any', resources: { requests: { cpu: 1, memoryInGB: 1 } } } },
    ],
  },
};

type Call = [method: string, path: string, body?: unknown];

/** A call of each function, in the order in which one finds what the other has left. */
const calls = (run: string): Record<string, Call> => ({
  health: ['GET', '/api/health'],
  whoami: ['GET', '/api/whoami'],
  'show-openapi': ['GET', '/api/openapi.json'],
  'show-swagger': ['GET', '/api/swagger.json'],
  'list-container-groups': ['GET', '/api/azure/containers'],
  'create-container-group': ['POST', '/api/azure/containers', created],
  'show-container-group': ['GET', groupPath('one')],
  'show-logs': ['GET', `${groupPath('one')}/logs`],
  'show-metrics': ['GET', `${groupPath('one')}/metrics`],
  'update-container-group': ['PATCH', groupPath('one'), { tags: { a: 'b' } }],
  'put-container-group': ['PUT', groupPath('replaced'), document],
  'start-container-group': ['POST', `${groupPath('started')}/start`],
  'stop-container-group': ['POST', `${groupPath('stopped')}/stop`],
  'restart-container-group': ['POST', `${groupPath('restarted')}/restart`],
  'restart-named-container-group': ['POST', '/api/azure/containers/restart', body],
  'delete-container-group': ['DELETE', groupPath('deleted')],
  'delete-named-container-group': ['DELETE', '/api/azure/containers', { ...body, containerName: 'gone' }],
  'launch-container-group': ['POST', `${groupPath('launched')}/runs`, {}],
  'launch-job-one': ['POST', '/api/jobs/one/runs', {}],
  'trigger-job-one': ['POST', '/api/jobs/one/trigger', {}],
  'receive-hook-one': ['POST', '/api/hooks/one', {}],
  'list-jobs': ['GET', '/api/jobs'],
  'show-job': ['GET', '/api/jobs/one'],
  'list-job-runs': ['GET', '/api/jobs/one/runs'],
  'list-runs': ['GET', `${groupPath('one')}/runs`],
  'show-run': ['GET', run],
  'show-run-logs': ['GET', `${run}/logs`],
  'cancel-run': ['POST', `${run}/cancel`],
  'rerun-run': ['POST', `${run}/rerun`],
  'show-console': ['GET', '/api/console'],
  'show-console-file': ['GET', '/api/console/none'],
  'show-result': ['GET', '/api/results/none'],
  'unknown-hook': ['POST', '/api/hooks/none', {}],
  'unknown-job-runs': ['POST', '/api/jobs/none/runs', {}],
  'unknown-job-trigger': ['POST', '/api/jobs/none/trigger', {}],
});

async function call([method, path, content]: Call): Promise<{ status: number; run?: string; self?: string }> {
  const answer = await fetch(`${app.url}${path}`, {
    method,
    headers: { 'x-secret': hookSecret, ...(content !== undefined && { 'content-type': 'application/json' }) },
    ...(content !== undefined && { body: JSON.stringify(content) }),
  });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {};
  return { status: answer.status, run: json.status, self: json.links?.self };
}

const statuses = new Map<string, number>();

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const forever = { command: ['node', '-e', 'setInterval(() => {}, 1000)'] };
  const names = [
    'one',
    'replaced',
    'started',
    'stopped',
    'restarted',
    'again',
    'deleted',
    'gone',
    'launched',
    'canceled',
  ];
  await Promise.all(names.map((name) => createGroup(emulator, name, forever)));
  const before = emulator.requests.length;
  app = await startApp({
    arm: emulator,
    settings: { HOOK_SECRET: hookSecret },
    jobs: { one: { containerGroup: resourceId('one'), ifRunning: 'replace', hook, map: [] } },
  });
  const { self = '' } = await call(['POST', `${groupPath('canceled')}/runs`, {}]);
  const run = new URL(self).pathname;
  const isOver = async () => (await call(['GET', run])).run === 'Canceled';
  for (const [name, each] of Object.entries(calls(run))) {
    name === 'rerun-run' && (await patiently(patienceSeconds, isOver)); // what still runs cannot be run again
    statuses.set(name, (await call(each)).status);
  }
  asked = emulator.requests.slice(before);
}, 60_000);

afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

test('every function of the app was called, and did what it is for', () => {
  const names = [...app.output().matchAll(/^ {8}([a-z-]+): \[/gm)].map(([, name]) => name);

  expect([...statuses.keys()].sort()).toEqual(names.sort());
  expect(
    [...statuses].filter(
      ([name, status]) => status >= 400 && !/^unknown-|^show-(?:result|console-file)$/.test(name),
    ),
  ).toEqual([]);
});

test('the role has the actions that the app asks ARM for, and no other', () => {
  const actions = new Set(asked.map(({ method, path }) => armAction(method, path)));

  expect([...actions].sort()).toEqual([...role.actions, ...Object.keys(reasons.withoutRole)].sort());
});

test('each of them has its reason, which docs/operate.md tells', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8');

  expect(Object.keys(reasons.launcher)).toEqual(role.actions);
  for (const [action, why] of Object.entries(reasons.launcher)) {
    expect(text).toContain(`| \`${action}\` | ${why} |`);
  }
});

describe('an action that ARM asks for besides', () => {
  test.each(Object.entries(reasons.elsewhere))(
    '%s is in the role that is said to have it',
    (action, { by }) => {
      const custom: Record<string, { actions: string[] }> = { subnetJoin };

      expect(Object.hasOwn(builtIn, by) || custom[by]?.actions.includes(action)).toBe(true);
      expect(readFileSync(join(import.meta.dirname, '../../docs/operate.md'), 'utf8')).toContain(action);
    },
  );
});

test.each([
  ['GET', '/subscriptions', 'Microsoft.Resources/subscriptions/read'],
  ['GET', '/subscriptions/s/resourceGroups', 'Microsoft.Resources/subscriptions/resourceGroups/read'],
  ['GET', '/subscriptions/s/providers/Microsoft.A/bs', 'Microsoft.A/bs/read'],
  ['PUT', '/subscriptions/s/resourceGroups/r/providers/Microsoft.A/bs/b', 'Microsoft.A/bs/write'],
  [
    'POST',
    '/subscriptions/s/resourceGroups/r/providers/Microsoft.A/bs/b/start',
    'Microsoft.A/bs/start/action',
  ],
  [
    'GET',
    '/subscriptions/s/resourceGroups/r/providers/Microsoft.A/bs/b/cs/c/logs',
    'Microsoft.A/bs/cs/logs/read',
  ],
  [
    'GET',
    '/subscriptions/s/resourceGroups/r/providers/Microsoft.A/bs/b/providers/Microsoft.D/es',
    'Microsoft.D/es/read',
  ],
])('%s %s asks for %s', (method, path, action) => {
  expect(armAction(method, path)).toBe(action);
});
