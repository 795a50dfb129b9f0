import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import type { JsonObject } from '../../src/aci/json.ts';
import { principalHeader } from '../functions/access/principals.ts';
import { operationsIn } from '../openapi/describedApp.ts';
import { faultsOf } from '../openapi/validity.ts';
import { createWitness, type Verdict } from '../openapi/witness.ts';
import { patiently } from '../until.ts';
import { type App, startApp } from './app.ts';
import { patienceSeconds } from './ended.ts';
import { atOnce, createGroup, groupPath, printEnv, resourceId, settled, subscriptionId } from './groups.ts';

/** Everything that is said to the app and by it is held to the openapi.json that the app serves. */
const hookSecret = 'a-secret-that-signs-deliveries';
const forever = ['node', '-e', 'console.log("up"); setInterval(() => {}, 1000)'];

let emulator: Emulator;
let app: App;
let openApi: JsonObject;
let witness: ReturnType<typeof createWitness>;
/** Which operations have answered with which statuses. */
const seen = new Set<string>();

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await Promise.all([
    ...['plain', 'mapped', 'hooked', 'unset'].map((name) =>
      createGroup(emulator, name, { command: printEnv }),
    ),
    createGroup(emulator, 'held', { command: forever }),
    createGroup(emulator, 'secretive', {
      command: printEnv,
      environmentVariables: [{ name: 'TOKEN', secureValue: 'nobody-knows' }],
    }),
  ]);
  const map = [
    { name: 'COMMIT', from: '/head/after', required: true, pattern: '^[0-9a-f]+$' },
    { name: 'EVENT', from: 'x-github-event', source: 'header', required: true },
  ];
  app = await startApp({
    arm: emulator,
    enableAuth: true,
    settings: { HOOK_SECRET: hookSecret },
    jobs: {
      plain: {
        containerGroup: resourceId('plain'),
        env: {
          type: 'object',
          properties: { DATE: { type: 'string', format: 'date' }, N: { type: 'integer' } },
          required: ['DATE'],
        },
        allow: ['env', 'ifRunning', 'timeoutSeconds'],
      },
      mapped: { containerGroup: resourceId('mapped'), map, when: [{ from: '/ref', equals: 'main' }] },
      hooked: {
        containerGroup: resourceId('hooked'),
        map: [{ name: 'COMMIT', from: '/after', required: true }],
        ifRunning: 'queue',
        hook: { preset: 'github', secret: 'setting:HOOK_SECRET' },
      },
    },
  });
  openApi = (await (await fetch(`${app.url}/api/openapi.json`, { headers: key() })).json()) as JsonObject;
  witness = createWitness(openApi);
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

const key = () => ({ 'x-functions-key': app.keys?.master ?? '' });

type Options = { body?: unknown; text?: string; headers?: Record<string, string>; withoutKey?: boolean };
type Answer = { status: number; headers: Headers; text: string; json: Json; verdict: Verdict };
// biome-ignore lint/suspicious/noExplicitAny: an answer's body, of which a test looks at what it is about
type Json = any;

/** Sends a request; the answer must be as the document tells, and so must be a request that is taken. */
async function call(
  method: string,
  path: string,
  { body, text, headers = {}, withoutKey }: Options = {},
): Promise<Answer> {
  const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const sent = {
    method,
    path: path.startsWith('http')
      ? path.slice(app.url.length)
      : path.startsWith('/api')
        ? path
        : `/api${path}`,
    headers: { ...(content !== undefined && { 'content-type': 'application/json' }), ...headers },
    body: content,
  };
  const response = await fetch(`${app.url}${sent.path}`, {
    method,
    headers: { ...sent.headers, ...(!withoutKey && key()) },
    ...(content !== undefined && { body: content }),
  });
  const answer = { status: response.status, headers: response.headers, text: await response.text() };
  const verdict = witness(sent, answer);
  expect({ operation: verdict.operationId, faults: verdict.answer }).toEqual({
    operation: verdict.operationId,
    faults: [],
  });
  if (answer.status < 300) {
    expect({ operation: verdict.operationId, faults: verdict.request }).toEqual({
      operation: verdict.operationId,
      faults: [],
    });
  }
  seen.add(`${verdict.operationId} ${answer.status}`);
  const isJson = response.headers.get('content-type')?.includes('json');
  return { ...answer, json: isJson ? JSON.parse(answer.text) : undefined, verdict };
}

const ended = (path: string) =>
  patiently(patienceSeconds, async () => {
    const { json } = await call('GET', path);
    return !['NotStarted', 'Running'].includes(json.status) && json;
  });

/** Sends a request that the app refuses for its shape; the document must say something against it, too. */
async function refused(method: string, path: string, options: Options = {}): Promise<void> {
  const { status, text, verdict } = await call(method, path, options);
  expect({ path, status, text, against: verdict.request.length > 0 }).toEqual({
    path,
    status: 400,
    text,
    against: true,
  });
}

describe('what the app says of itself', { timeout: 120_000 }, () => {
  test('is valid as it is served, in both versions', async () => {
    const swagger = (await call('GET', '/swagger.json')).json;

    expect((await call('GET', '/openapi.json')).json).toEqual(openApi);
    expect(await faultsOf({ openApi, swagger } as never)).toEqual([]);
    expect(swagger).toMatchObject({ host: new URL(app.url).host, basePath: '/api', schemes: ['http'] });
  });

  test('is true of the app, its jobs and who calls', async () => {
    expect((await call('GET', '/health', { withoutKey: true })).status).toBe(200);
    for (const path of ['/whoami', '/jobs', '/jobs/plain', '/jobs/mapped', '/jobs/hooked']) {
      expect((await call('GET', path)).status).toBe(200);
      expect((await call('GET', path, { withoutKey: true })).status).toBe(401);
    }
    expect((await call('GET', '/jobs', { headers: { origin: 'https://elsewhere.example' } })).status).toBe(
      403,
    );
    emulator.faults.add({
      action: 'error',
      code: 'ServiceUnavailable',
      path: '/subscriptions',
      times: 'always',
    });
    emulator.faults.clear();
  });

  test('is true of a job’s launch, and of the run that it makes', async () => {
    const path = '/jobs/plain/runs';
    const body = { env: { DATE: '2026-11-21' } };
    expect((await call('POST', path, { body: { ...body, dryRun: true } })).json.dryRun).toBe(true);
    const once = {
      'idempotency-key': `"${randomUUID()}"`,
      prefer: 'respond-async',
      'x-ms-client-request-id': 'mine',
    };
    const launched = await call('POST', path, { body, headers: once });
    expect([launched.status, launched.headers.get('preference-applied')]).toEqual([202, 'respond-async']);
    const again = await call('POST', path, { body, headers: once });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = { env: { DATE: '2026-11-22' } };
    expect((await call('POST', path, { body: other, headers: once })).status).toBe(422);

    const { links } = launched.json;
    const run = await ended(links.self);
    expect(run.status).toBe('Succeeded');
    expect((await call('GET', links.result, { withoutKey: true })).status).toBe(200);
    expect((await call('GET', links.logs)).text).toContain('DATE=2026-11-21');
    expect(
      (await call('GET', `${links.logs}?tail=1`, { headers: { accept: 'application/json' } })).json.container,
    ).toBe('main');
    expect((await call('POST', links.cancel)).status).toBe(409);
    const rerun = await call('POST', links.rerun, { body: {} });
    expect(rerun.status).toBe(202);
    await ended(rerun.json.links.self);
    expect((await call('GET', `${path}?top=1`)).json).toMatchObject({
      value: [{}],
      nextLink: expect.any(String),
    });
    expect((await call('GET', `${groupPath('plain')}/runs`)).json.value.length).toBe(2);

    await refused('POST', path, { body: { env: { DATE: 'today' } } });
    await refused('POST', path, { body: { env: { DATE: '2026-11-21', N: 'many' } } });
    await refused('POST', path, { body: {} });
    await refused('POST', path, { body: { ...body, secureEnv: { A: 'b' } } });
    await refused('POST', path, { body: { ...body, enw: {} } });
    await refused('POST', path, { body: { ...body, timeoutSeconds: 0 } });
    await refused('POST', path, { body: { ...body, ifRunning: 'wait' } });
    await refused('POST', path, { text: '{"env": ' });
    await refused('POST', path, { body: [] });
    await refused('POST', path, { body, headers: { 'idempotency-key': '"half' } });
    await refused('POST', path, { body, headers: { 'idempotency-key': 'two words' } });
    await refused('GET', `${path}?top=101`);
    await refused('GET', `${groupPath('plain')}/runs?top=none`);
    await refused('GET', `${links.logs}?tail=0`);
    await refused('GET', `${links.logs}?timestamps=maybe`);
    await refused('GET', `${links.logs}?task=x`);
    await refused('POST', links.rerun, { body: { env: {} } });
    expect(
      (await call('POST', path, { text: 'env', headers: { 'content-type': 'text/plain' } })).status,
    ).toBe(415);
    expect((await call('POST', path, { body: { env: { DATE: 'x'.repeat(300_000) } } })).status).toBe(413);
    expect((await call('GET', `${links.self.slice(0, -1)}z`)).status).toBe(404);
    expect((await call('GET', '/results/none', { withoutKey: true })).status).toBe(404);
    expect((await call('GET', `${links.logs}?container=nobody`)).status).toBe(404);
  });

  test('is true of triggers, and of what a job does not want', async () => {
    const path = '/jobs/mapped/trigger';
    const headers = { 'x-github-event': 'push' };
    expect(
      (await call('POST', path, { body: { ref: 'topic', head: { after: 'a1' } }, headers })).json.status,
    ).toBe('Ignored');
    expect((await call('POST', path, { body: { ref: 'main', head: { after: 'a1' } }, headers })).status).toBe(
      202,
    );
    await refused('POST', path, { body: { ref: 'main', head: { after: 'a1' } } });
    await refused('POST', path, { body: { ref: 'main' }, headers });
    await refused('POST', path, { body: { ref: 'main', head: { after: 'master' } }, headers });
    expect(
      (
        await call('POST', '/jobs/plain/trigger', {
          body: { DATE: '2026-11-21' },
          headers: { prefer: 'wait=30' },
        })
      ).status,
    ).toBe(200);
    await refused('POST', '/jobs/plain/trigger', { body: { DATE: 7 } });
    await refused('POST', '/jobs/plain/trigger', { body: ['DATE'] });
    expect((await call('POST', '/jobs/hooked/trigger', { body: { after: 'b2' } })).status).toBe(202);
    expect((await call('POST', '/jobs/hooked/runs', { body: { env: { COMMIT: 'c3' } } })).status).toBe(202);
    expect((await call('POST', '/jobs/mapped/runs', { body: { dryRun: true } })).status).toBe(200);
    for (const job of ['mapped', 'hooked']) {
      expect((await call('GET', `/jobs/${job}/runs`)).status).toBe(200);
    }
  });

  test('is true of hooks', async () => {
    const deliver = (body: object, event = 'push', secret = hookSecret) => {
      const text = JSON.stringify(body);
      const signature = `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
      return call('POST', '/hooks/hooked', {
        text,
        headers: {
          'x-hub-signature-256': signature,
          'x-github-event': event,
          'x-github-delivery': randomUUID(),
        },
        withoutKey: true,
      });
    };
    expect((await deliver({ zen: 'Speak.' }, 'ping')).json.status).toBe('Ignored');
    expect((await deliver({ after: 'd4' })).status).toBe(202);
    expect((await deliver({ before: 'd4' })).status).toBe(400);
    expect((await deliver({ after: 'd4' }, 'push', 'another-secret-of-somebody')).status).toBe(401);
    expect((await call('OPTIONS', '/hooks/hooked', { withoutKey: true })).status).toBe(405);
  });

  test('is true of launches of any group, and of a run that holds one', async () => {
    const path = `${groupPath('held')}/runs`;
    const launched = await call('POST', path, {
      body: { containers: { main: { env: { A: 1 } } }, tags: { a: 'b' } },
    });
    expect(launched.status).toBe(202);
    await patiently(
      patienceSeconds,
      async () => (await call('GET', launched.json.links.self)).json.status === 'Running',
    );
    expect((await call('GET', launched.json.links.result, { withoutKey: true })).status).toBe(202);
    expect((await call('GET', groupPath('held'))).json.run.id).toBe(launched.json.id);
    expect((await call('POST', path, { body: {} })).status).toBe(409);
    expect((await call('POST', `${groupPath('held')}/stop`)).status).toBe(409);
    expect((await call('DELETE', groupPath('held'))).status).toBe(409);
    expect((await call('POST', launched.json.links.cancel)).status).toBeLessThan(300);
    await ended(launched.json.links.self);
    expect((await call('POST', launched.json.links.cancel)).status).toBe(200);

    expect((await call('POST', `${groupPath('secretive')}/runs`, { body: {} })).json.error.code).toBe(
      'SecretsRequired',
    );
    expect((await call('POST', `${groupPath('nowhere')}/runs`)).status).toBe(404);
    await refused('POST', path, { body: { containers: { main: { comand: ['x'] } } } });
    await refused('POST', path.replace('held', 'he_ld'), { body: {} });
    await refused('POST', path, { body: { env: [] } });
    emulator.faults.add({ action: 'error', code: 'AuthorizationFailed', path: '/**/containergroups/unset' });
    expect((await call('POST', `${groupPath('unset')}/runs`)).status).toBe(403);
    emulator.faults.add({
      action: 'error',
      code: 'Teapot',
      status: 418,
      method: 'PUT',
      path: '/**/containergroups/unset',
    });
    const rejected = await call('POST', `${groupPath('unset')}/runs`);
    expect([rejected.status, rejected.headers.has('location')]).toEqual([418, true]);
  });

  test('is true of container groups', async () => {
    const made = { subscriptionId, rgName: 'jobs', cnName: 'made', image: 'image', command: forever };
    const names = { subscriptionId, resourceGroup: 'jobs', containerName: 'made' };
    const group = groupPath('made');
    expect((await call('POST', '/azure/containers', { body: made })).status).toBe(201);
    const { properties } = await settled(emulator, 'made');
    expect((await call('POST', '/azure/containers', { body: made })).status).toBe(409);
    expect(
      (await call('GET', `/azure/containers?subscriptionId=${subscriptionId}&status=Running&top=2`)).status,
    ).toBe(200);
    expect((await call('GET', group)).json.name).toBe('made');
    expect((await call('GET', `${group}/logs`)).status).toBe(200);
    expect((await call('GET', `${group}/metrics?timespan=PT2H&interval=PT5M`)).status).toBe(200);
    expect((await call('GET', `${group}/metrics?timespan=1h`)).status).toBe(400);
    expect((await call('PATCH', group, { body: { tags: { a: 'b', c: null } } })).json.tags).toEqual({
      a: 'b',
    });
    for (const verb of ['stop', 'start', 'restart']) {
      expect((await call('POST', `${group}/${verb}`)).status).toBe(202);
      await settled(emulator, 'made');
    }
    expect((await call('POST', '/azure/containers/restart', { body: names })).status).toBe(202);
    await settled(emulator, 'made');
    const { instanceView: _, provisioningState: __, ...rest } = properties;
    expect((await call('PUT', group, { body: { location: 'westeurope', properties: rest } })).status).toBe(
      200,
    );
    await settled(emulator, 'made');
    expect((await call('DELETE', `${group}?force=true`)).status).toBe(200);
    expect((await call('PUT', group, { body: { location: 'westeurope', properties: rest } })).status).toBe(
      201,
    );
    await settled(emulator, 'made');
    expect((await call('DELETE', '/azure/containers', { body: names })).status).toBe(200);
    for (const [method, path] of [
      ['GET', group],
      ['GET', `${group}/logs`],
      ['POST', `${group}/start`],
      ['DELETE', group],
    ] as const) {
      expect((await call(method, path)).status).toBe(404);
    }

    await refused('POST', '/azure/containers', { body: { ...made, cpu: 'many' } });
    await refused('POST', '/azure/containers', { body: { ...made, cnName: undefined } });
    await refused('POST', '/azure/containers', { body: { ...made, retsartPolicy: 'Never' } });
    await refused('POST', '/azure/containers/restart', { body: { ...names, force: true } });
    await refused('DELETE', '/azure/containers', { body: {} });
    await refused('DELETE', `${group}?force=maybe`);
    await refused('PUT', group, { body: { location: 'westeurope' } });
    await refused('PATCH', group, { body: { tags: { a: 1 } } });
    await refused('GET', '/azure/containers?status=Asleep');
    await refused('GET', '/azure/containers?top=1001');
    await refused('GET', '/azure/containers?subscriptionId=mine');
    await refused('GET', group.replace('made', '-made'));
    await refused('POST', `${group}/start`, { body: { now: true } });

    const of = (code: string, status?: number) =>
      ({ action: 'error', code, path: '/**/containergroups/plain', ...(status && { status }) }) as const;
    for (const [fault, status] of [
      [of('ResourceRequestsThrottled'), 429],
      [of('InternalServerError', 500), 502],
      [of('ServerBusy', 503), 503],
    ] as const) {
      emulator.faults.clear();
      emulator.faults.add({ ...fault, times: 'always' });
      expect((await call('GET', groupPath('plain'))).status).toBe(status);
    }
    emulator.faults.clear();
  });

  test('was held to an answer of every operation, and each of them has succeeded', () => {
    const successes = operationsIn(openApi).map(({ operationId }) => ({
      operationId,
      succeeded: [...seen].some((each) => each.startsWith(`${operationId} 2`)),
    }));

    expect(successes.filter(({ succeeded }) => !succeeded).map(({ operationId }) => operationId)).toEqual([
      'OptionsReceiveHook_hooked', // a sender that does not speak CloudEvents has no consent
    ]);
  });
});

test('what the app says of itself behind Easy Auth is true of who may call', {
  timeout: 60_000,
}, async () => {
  const guarded = await startApp({
    arm: emulator,
    jobs: { plain: { containerGroup: resourceId('plain'), roles: ['Runs.Launch.Plain'] } },
    settings: { WEBSITE_AUTH_ENABLED: 'True' },
  });
  try {
    const reader = principalHeader({ roles: ['Containers.Read'] });
    const document = (await (
      await fetch(`${guarded.url}/api/openapi.json`, { headers: reader })
    ).json()) as JsonObject;
    const judge = createWitness(document);
    for (const [method, path, headers, status] of [
      ['GET', '/api/whoami', reader, 200],
      ['GET', '/api/whoami', {}, 401],
      ['GET', '/api/jobs/plain', reader, 200],
      ['POST', '/api/jobs/plain/runs', reader, 403],
      ['POST', '/api/jobs/plain/runs', principalHeader({ roles: ['Runs.Launch.Plain'] }), 202],
      ['GET', '/api/swagger.json', {}, 401],
      ['GET', '/api/health', {}, 200],
    ] as const) {
      const response = await fetch(`${guarded.url}${path}`, { method, headers });
      const answer = { status: response.status, headers: response.headers, text: await response.text() };

      expect([path, response.status]).toEqual([path, status]);
      expect(judge({ method, path, headers, body: undefined }, answer).answer).toEqual([]);
    }
  } finally {
    await guarded.close();
  }
});
