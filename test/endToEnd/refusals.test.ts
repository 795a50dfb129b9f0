import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, post, startApp } from './app.ts';
import { atOnce, createGroup, groupPath, printEnv, resourceId, subscriptionId } from './groups.ts';

let emulator: Emulator;
let app: App;
let armCallsBefore: number;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'one', { command: printEnv });
  await createGroup(
    emulator,
    'two',
    { command: printEnv },
    {
      containers: ['main', 'side'].map((name) => ({
        name,
        properties: { image: 'image', resources: { requests: { cpu: 1, memoryInGB: 1 } } },
      })),
    },
  );
  app = await startApp({
    arm: emulator,
    settings: { ALLOWED_SCOPES: `/subscriptions/${subscriptionId}/resourceGroups/jobs` },
    jobs: {
      dated: {
        containerGroup: resourceId('one'),
        env: {
          type: 'object',
          properties: { DATE: { type: 'string', format: 'date' } },
          required: ['DATE'],
          additionalProperties: false,
        },
      },
      mapped: {
        containerGroup: resourceId('one'),
        map: [{ name: 'TAG', from: '/data/tag', required: true, pattern: '^v', maxLength: 4 }],
      },
    },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});
beforeEach(() => {
  armCallsBefore = emulator.requests.length;
});
afterEach(() => {
  expect(emulator.requests.slice(armCallsBefore).filter(({ method }) => method !== 'GET')).toEqual([]);
});

type Envelope = { error: { code: string; message: string; details?: { code: string; target: string }[] } };

async function refused(answer: Response) {
  const { error } = (await answer.json()) as Envelope;
  expect(answer.headers.get('x-ms-error-code')).toBe(error.code);
  expect(answer.headers.get('x-ms-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(error.message).not.toBe('');
  return {
    status: answer.status,
    code: error.code,
    targets: error.details?.map(({ target }) => target).sort(),
  };
}

const one = `${groupPath('one')}/runs`;

describe('a body', () => {
  test('has every fault named by its JSON Pointer, and Azure is not even asked', async () => {
    const answer = await post(`${app.url}${one}`, {
      enw: {},
      env: [],
      secureEnv: { A: 1 },
      containers: { main: { comand: ['x'], command: [], resources: { request: {} } } },
      ifRunning: 'wait',
      dryRun: 'yes',
      timeoutSeconds: 0,
      schedule: 'daily',
    });

    expect(await refused(answer)).toEqual({
      status: 400,
      code: 'InvalidRequest',
      targets: [
        '/containers/main/comand',
        '/containers/main/command',
        '/containers/main/resources/request',
        '/dryRun',
        '/env',
        '/enw',
        '/ifRunning',
        '/schedule',
        '/secureEnv/A',
        '/timeoutSeconds',
      ],
    });
    expect(emulator.requests.length).toBe(armCallsBefore);
  });

  test.each([
    ['an array', '[]', 400, ['']],
    ['a number', '7', 400, ['']],
    ['a reserved name', '{"env": {"RUN_ID": "x", "A": 1}}', 400, ['/env/RUN_ID']],
    [
      '__proto__',
      '{"env": {"__proto__": "x"}, "__proto__": {"dryRun": true}}',
      400,
      ['/__proto__', '/env/__proto__'],
    ],
    [
      'a member that the operator has not allowed',
      '{"containers": {"main": {"image": "x"}}}',
      400,
      ['/containers/main/image'],
    ],
    ['a container that is not there', '{"containers": {"nobody": {"env": {}}}}', 400, ['/containers/nobody']],
    ['a number that no reader keeps', '{"env": {"A": 12345678901234567890}}', 400, ['/env/A']],
  ])('%s is refused', async (_, body, status, targets) => {
    const answer = await fetch(`${app.url}${one}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

    expect(await refused(answer)).toEqual({ status, code: 'InvalidRequest', targets });
  });

  test.each([
    ['no JSON', 400, 'InvalidJson', 'application/json', '{"env": '],
    ['nothing but depth', 400, 'InvalidJson', 'application/json', '['.repeat(100_000)],
    ['no UTF-8', 400, 'InvalidJson', 'application/json', new Uint8Array([0x22, 0xff, 0x22])],
    [
      'too large',
      413,
      'RequestBodyTooLarge',
      'application/json',
      JSON.stringify({ env: { A: 'x'.repeat(300_000) } }),
    ],
  ])('that is %s is refused with %d', async (_, status, code, contentType, body) => {
    const answer = await fetch(`${app.url}${one}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });

    expect(await refused(answer)).toMatchObject({ status, code });
    expect(emulator.requests.length).toBe(armCallsBefore);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'of type %s is refused on a machine with an emulator before the app sees it',
    async (contentType) => {
      const answer = await fetch(`${app.url}${one}`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: '{}',
      });

      expect([answer.status, ((await answer.json()) as Envelope).error.code]).toEqual([
        415,
        'UnsupportedMediaType',
      ]);
      expect(emulator.requests.length).toBe(armCallsBefore);
    },
  );

  test('with variables for one of several containers must say which', async () => {
    expect(await refused(await post(`${app.url}${groupPath('two')}/runs`, { env: { A: 1 } }))).toEqual({
      status: 400,
      code: 'InvalidRequest',
      targets: ['/env'],
    });
  });
});

describe('a job', () => {
  test('holds its callers to the contract of its variables', async () => {
    const answer = await post(`${app.url}/api/jobs/dated/runs`, {
      env: { DATE: 'yesterday', OTHER: '' },
      secureEnv: {},
    });
    expect(await refused(answer)).toEqual({
      status: 400,
      code: 'InvalidRequest',
      targets: ['/env/DATE', '/env/OTHER', '/secureEnv'],
    });

    const trigger = await post(`${app.url}/api/jobs/dated/trigger`, { OTHER: '' });
    expect(await refused(trigger)).toEqual({
      status: 400,
      code: 'InvalidRequest',
      targets: ['/DATE', '/OTHER'],
    });
  });

  test('holds a payload to its map', async () => {
    const url = `${app.url}/api/jobs/mapped/trigger`;
    expect(await refused(await post(url, { data: {} }))).toMatchObject({
      status: 400,
      targets: ['/data/tag'],
    });
    expect(await refused(await post(url, { data: { tag: 'latest' } }))).toMatchObject({
      status: 400,
      targets: ['/data/tag', '/data/tag'],
    });
  });

  test('that is not there is 404 with the names of those that are', async () => {
    for (const answer of [
      await fetch(`${app.url}/api/jobs/dates`),
      await post(`${app.url}/api/jobs/dates/runs`, {}),
      await post(`${app.url}/api/jobs/dates/trigger`, {}),
    ]) {
      const copy = answer.clone();
      expect(await refused(answer)).toMatchObject({ status: 404, code: 'JobNotFound' });
      expect(await copy.text()).toContain("'dated', 'mapped'");
    }
  });
});

describe('a path', () => {
  test.each([
    ['/api/azure/containers/not-a-guid/jobs/one/runs', ['subscriptionId']],
    [`/api/azure/containers/${subscriptionId}/a%2Fb/one/runs`, ['resourceGroup']],
    [`/api/azure/containers/${subscriptionId}/jobs/one_two/runs`, ['name']],
    ['/api/azure/containers/x/ends./-x/runs', ['name', 'resourceGroup', 'subscriptionId']],
  ])('%s breaks ARM’s rules', async (path, targets) => {
    expect(await refused(await post(`${app.url}${path}`, {}))).toEqual({
      status: 400,
      code: 'InvalidRequest',
      targets,
    });
    expect(emulator.requests.length).toBe(armCallsBefore);
  });

  test('outside ALLOWED_SCOPES is 403, also when it only starts alike', async () => {
    for (const resourceGroup of ['jobs-prod', 'other']) {
      const path = `/api/azure/containers/${subscriptionId}/${resourceGroup}/one`;
      for (const answer of [
        await post(`${app.url}${path}/runs`, {}),
        await fetch(`${app.url}${path}`),
        await fetch(`${app.url}${path}/logs`),
        await fetch(`${app.url}${path}/runs`),
        await fetch(`${app.url}${path}/runs/019a0000-0000-7000-8000-000000000000/logs`),
        await post(`${app.url}${path}/runs/019a0000-0000-7000-8000-000000000000/cancel`, {}),
        await post(`${app.url}${path}/runs/019a0000-0000-7000-8000-000000000000/rerun`, {}),
      ]) {
        expect(await refused(answer)).toMatchObject({ status: 403, code: 'ScopeNotAllowed' });
      }
    }
    expect(emulator.requests.length).toBe(armCallsBefore);
  });

  test('of a group that is not there is ARM’s own 404, with what to do', async () => {
    const answer = await fetch(`${app.url}${groupPath('nobody')}`);
    const copy = answer.clone();
    expect(await refused(answer)).toMatchObject({ status: 404, code: 'ResourceNotFound' });
    expect(await copy.text()).toContain('Check the subscription');
  });
});

test.each([
  ['tail=0', ['tail']],
  ['tail=-1&timestamps=maybe', ['tail', 'timestamps']],
  ['tail=1e3', ['tail']],
])('logs?%s is refused', async (query, targets) => {
  expect(await refused(await fetch(`${app.url}${groupPath('one')}/logs?${query}`))).toMatchObject({
    status: 400,
    targets,
  });
});

test('logs of one of several containers must say which', async () => {
  expect(await refused(await fetch(`${app.url}${groupPath('two')}/logs`))).toMatchObject({
    status: 400,
    targets: ['container'],
  });
  expect(await refused(await fetch(`${app.url}${groupPath('two')}/logs?container=../../x`))).toMatchObject({
    status: 404,
    code: 'ContainerNotFound',
  });
});
