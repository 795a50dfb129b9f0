import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { application, principalHeader } from '../functions/access/principals.ts';
import { patiently } from '../until.ts';
import { type App, post, startApp } from './app.ts';
import { patienceSeconds } from './ended.ts';
import { atOnce, createGroup, groupPath, resourceId } from './groups.ts';

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'one', { command: ['node', '-e', ''] });
  app = await startApp({
    arm: emulator,
    enableAuth: true,
    jobs: { first: { containerGroup: resourceId('one'), roles: ['Runs.Launch.First'] } },
    settings: { WEBSITE_AUTH_ENABLED: 'True' },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers });

test('the platform asks for no key behind Easy Auth, and the app for an app role', async () => {
  const codeOf = async (answer: Response) => {
    const { error } = (await answer.json()) as { error: { code: string } };
    return [answer.status, error.code];
  };

  expect(await codeOf(await get(groupPath('one')))).toEqual([401, 'PrincipalRequired']);
  const wrong = principalHeader({ roles: ['Runs.Launch'] });
  expect(await codeOf(await get(groupPath('one'), wrong))).toEqual([403, 'RoleRequired']);
  expect((await get(groupPath('one'), principalHeader({ roles: ['Containers.Read'] }))).status).toBe(200);
  const withKey = { 'x-functions-key': app.keys?.master ?? '' };
  expect(await codeOf(await get(groupPath('one'), withKey))).toEqual([401, 'PrincipalRequired']);
});

test('a run that a job’s own role launched is followed to its end by its ticket, without any principal', async () => {
  const launched = await post(
    `${app.url}/api/jobs/first/runs`,
    {},
    principalHeader({ roles: ['Runs.Launch.First'] }),
  );

  expect(launched.status).toBe(202);
  expect(await launched.json()).toMatchObject({
    startedBy: { via: 'POST jobs/first/runs', principal: application },
  });
  const location = launched.headers.get('location') ?? '';
  await patiently(patienceSeconds, async () => (await fetch(location)).status === 200);
  expect(await (await fetch(location)).json()).toMatchObject({ status: 'Succeeded' });
});

test('the console is open, and what it asks for is not', async () => {
  expect((await get('/api/console')).status).toBe(200);
  expect((await get('/api/whoami')).status).toBe(401);
});

test('health is open, and a hook is asked for its signature, not for a principal', async () => {
  expect((await get('/api/health')).status).toBe(200);
  expect((await post(`${app.url}/api/hooks/first`, {})).status).toBe(404);
});
