import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, startApp } from './app.ts';
import { atOnce, createGroup, groupPath, resourceId, subscriptionId } from './groups.ts';

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'one', { command: ['node', '-p', '7'] });
  app = await startApp({
    // An identity that does not answer: were it asked for anything, nothing here would work.
    arm: { ...emulator, identityEndpoint: 'http://localhost:1/token' },
    settings: { ARM_CREDENTIAL: 'caller' },
    jobs: { one: { containerGroup: resourceId('one') } },
  });
});
beforeEach(() => emulator.faults.clear());
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

const tokenOf = (objectId: string, lifetimeSeconds = 3_600) =>
  emulator.mintToken({ objectId, lifetimeSeconds }).token;

async function call(method: string, path: string, token?: string, body?: object) {
  const before = emulator.requests.length;
  const answer = await fetch(`${app.url}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    code: answer.headers.get('x-ms-error-code'),
    challenge: answer.headers.get('www-authenticate'),
    text,
    armCalls: emulator.requests.slice(before).length,
  };
}

const routes: [method: string, path: string, body?: object][] = [
  ['GET', '/api/azure/containers'],
  [
    'POST',
    '/api/azure/containers',
    { subscriptionId, rgName: 'jobs', cnName: 'new', image: 'any', restartPolicy: 'Never' },
  ],
  ['POST', '/api/azure/containers/restart', { subscriptionId, resourceGroup: 'jobs', containerName: 'one' }],
  ['DELETE', '/api/azure/containers', { subscriptionId, resourceGroup: 'jobs', containerName: 'nobody' }],
  ['GET', groupPath('one')],
  ['GET', `${groupPath('one')}/logs`],
  ['GET', `${groupPath('one')}/metrics`],
  ['GET', `${groupPath('one')}/runs`],
  ['GET', `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000`],
  ['GET', `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000/logs`],
  ['GET', '/api/jobs/one/runs'],
  ['PATCH', groupPath('one'), { tags: {} }],
  ['POST', `${groupPath('one')}/stop`],
  ['DELETE', groupPath('nobody')],
];

describe.each(routes)('%s %s with the caller’s own token', (method, path, body) => {
  test('without any is 401, and Azure is not asked', async () => {
    expect(await call(method, path, undefined, body)).toMatchObject({
      status: 401,
      code: 'AuthenticationFailed',
      challenge: 'Bearer',
      armCalls: 0,
    });
    expect(await call(method, path, 'two words', body)).toMatchObject({ status: 401, armCalls: 0 });
  });

  test('that Azure does not know is 401 with Azure’s word', async () => {
    const { status, code, text } = await call(method, path, 'made-up', body);

    expect([status, code]).toEqual([401, 'InvalidAuthenticationToken']);
    expect(text).toContain('az account get-access-token');
    expect(text).not.toContain('managed identity');
  });

  test('that has expired is 401, too', async () => {
    emulator.faults.add({ action: 'tokenExpired', times: 'always' });

    expect(await call(method, path, tokenOf('someone'), body)).toMatchObject({
      status: 401,
      code: expect.stringMatching(/AuthenticationToken$/),
      challenge: 'Bearer',
    });
  });

  test('whose owner has no role is 403', async () => {
    emulator.faults.add({
      action: 'error',
      code: 'AuthorizationFailed',
      principal: 'stranger',
      times: 'always',
    });

    const { status, code, text } = await call(method, path, tokenOf('stranger'), body);
    expect([status, code]).toEqual([403, 'AuthorizationFailed']);
    expect(text).not.toContain("the app's managed identity");
  });

  test('that Azure takes does what was asked', async () => {
    const { status } = await call(method, path, tokenOf('someone'), body);

    expect(status).toBeLessThan(500);
    expect([401, 403]).not.toContain(status);
  });
});

const aRun = `${groupPath('one')}/runs/019a0000-0000-7000-8000-000000000000`;

test.each([
  `${groupPath('one')}/runs`,
  '/api/jobs/one/runs',
  '/api/jobs/one/trigger',
  `${aRun}/cancel`,
  `${aRun}/rerun`,
])('POST %s is refused: a run outlives its caller’s token', async (path) => {
  expect(await call('POST', path, tokenOf('someone'), {})).toMatchObject({
    status: 403,
    code: 'LaunchNeedsManagedIdentity',
    armCalls: 0,
  });
});

test('no token shows up in an answer or in what the host prints', async () => {
  const token = tokenOf('someone');
  const { text } = await call('GET', groupPath('one'), token);

  expect(text).not.toContain(token);
  expect(app.output()).not.toContain(token);
});

test('health has no identity to ask ARM with, and says nothing of it', async () => {
  expect(await call('GET', '/api/health')).toMatchObject({
    status: 200,
    text: '{"status":"Healthy","dependencies":{"storage":{"status":"Healthy"}}}',
    armCalls: 0,
  });
});
