import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, post, startApp } from './app.ts';
import { atOnce, createGroup, groupPath, resourceId } from './groups.ts';

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'one', { command: ['node', '-e', ''] });
  app = await startApp({
    arm: emulator,
    enableAuth: true,
    jobs: { first: { containerGroup: resourceId('one') }, second: { containerGroup: resourceId('one') } },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

const routes: [method: string, path: string][] = [
  ['POST', '/api/jobs/first/runs'],
  ['POST', '/api/jobs/first/trigger'],
  ['POST', '/api/jobs/second/runs'],
  ['POST', '/api/jobs/second/trigger'],
  ['POST', '/api/jobs/third/runs'],
  ['POST', `${groupPath('one')}/runs`],
  ['GET', groupPath('one')],
  ['GET', `${groupPath('one')}/logs`],
  ['GET', `${groupPath('one')}/metrics`],
  ['GET', `${groupPath('one')}/runs`],
  ['GET', `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000`],
  ['GET', `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000/logs`],
  ['POST', `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000/cancel`],
  ['POST', `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000/rerun`],
  ['GET', '/api/jobs/first/runs'],
  ['GET', '/api/jobs'],
  ['GET', '/api/jobs/first'],
  ['GET', '/api/openapi.json'],
  ['GET', '/api/swagger.json'],
];

const status = async (method: string, path: string, key?: string) => {
  const headers: Record<string, string> = key === undefined ? {} : { 'x-functions-key': key };
  return (await fetch(`${app.url}${path}`, { method, headers })).status;
};

test.each(routes)('%s %s asks for a key', async (method, path) => {
  expect(await status(method, path)).toBe(401);
  expect(await status(method, path, 'wrong')).toBe(401);
  expect(await status(method, path, app.keys?.master)).not.toBe(401);
});

test('the console asks for none: it holds nothing of anybody, and asks for a key itself', async () => {
  const answer = await fetch(`${app.url}/api/console`);
  const page = await answer.text();

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  for (const [, file] of page.matchAll(/"(\/api\/console\/[^"]+)"/g)) {
    expect(await status('GET', file ?? '')).toBe(200);
  }
  expect(await status('GET', '/api/console/main.cjs')).toBe(404);
});

test('health asks for none, nor does the result of a run: its ticket is the key', async () => {
  expect(await status('GET', '/api/health')).toBe(200);
  expect(await status('GET', '/api/results/no-ticket')).toBe(404);
});

test('the key of a job’s route opens that route and nothing else', async () => {
  const key = app.keys?.functions['launch-job-first'];
  const opened: string[] = [];
  for (const [method, path] of routes) {
    if ((await status(method, path, key)) !== 401) {
      opened.push(`${method} ${path}`);
    }
  }

  expect(key).toBeDefined();
  expect(opened).toEqual(['POST /api/jobs/first/runs']);
  expect(
    (await post(`${app.url}/api/jobs/first/runs`, { dryRun: true }, { 'x-functions-key': key ?? '' })).status,
  ).toBe(200);
});
