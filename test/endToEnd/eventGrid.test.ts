import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { blobCreated, notification, subscriptionValidation } from '../hooks/samples.ts';
import { patiently } from '../until.ts';
import { type App, startApp } from './app.ts';
import { atOnce, createGroup, printEnv, resourceId } from './groups.ts';

const secret = 'a-secret-in-a-header-of-the-subscription';

/** Whoever is named in a handshake, to be called by a receiver that does as it is told. */
const called: (string | undefined)[] = [];
const confirming = createServer((request, response) => {
  called.push(request.url);
  response.end();
});

let folder: string;
let emulator: Emulator;
let app: App;
let confirmUrl: string;
/** How often ARM was asked about a group that nothing is to become of. */
let asked: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gates-'));
  confirming.listen(0, '127.0.0.1');
  await once(confirming, 'listening');
  confirmUrl = `http://localhost:${(confirming.address() as AddressInfo).port}/confirm`;
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const waitForGate = 'setInterval(() => require("fs").existsSync(process.env.GATE) && process.exit(), 20)';
  await Promise.all([
    createGroup(emulator, 'shapes', { command: printEnv }),
    ...['refused', 'denied', 'broken'].map((name) => createGroup(emulator, name, { command: printEnv })),
    createGroup(emulator, 'busy', {
      command: ['node', '-e', waitForGate],
      environmentVariables: [{ name: 'GATE', value: join(folder, 'gate') }],
    }),
  ]);
  asked = emulator.requests.filter(({ path }) => path.endsWith('/refused')).length;
  const hook = { preset: 'event-grid', header: 'X-Hook-Secret', secret: 'setting:HOOK_SECRET' };
  const map = [
    { name: 'URL', from: '/data/url', required: true },
    { name: 'SUBJECT', from: 'CE_SUBJECT', source: 'event' },
  ];
  const when = [{ from: 'CE_TYPE', source: 'event', equals: 'Microsoft.Storage.BlobCreated' }];
  app = await startApp({
    arm: emulator,
    settings: { HOOK_SECRET: secret },
    jobs: {
      shapes: { containerGroup: resourceId('shapes'), hook, map, when, mode: 'clone', ttlSeconds: 0 },
      busy: { containerGroup: resourceId('busy'), hook, map, when },
      refused: { containerGroup: resourceId('refused'), hook, map, when },
      denied: { containerGroup: resourceId('denied'), hook, map, when },
      broken: { containerGroup: resourceId('broken'), hook, map, when },
    },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
  confirming.closeAllConnections();
  confirming.close();
  await rm(folder, { recursive: true });
});

type Delivery = { headers?: Record<string, string>; body?: unknown; method?: string };

async function send(job: string, { headers = {}, body, method = 'POST' }: Delivery) {
  const answer = await fetch(`${app.url}/api/hooks/${job}`, {
    method,
    headers: { ...notification, 'x-hook-secret': secret, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, json: text === '' ? undefined : JSON.parse(text) };
}

/** What Event Grid does after an answer (learn.microsoft.com/azure/event-grid/delivery-and-retry). */
function fateOf(status: number): 'delivered' | 'dropped' | 'retried' {
  if (status >= 200 && status <= 204) {
    return 'delivered';
  }
  return [400, 401, 403, 413].includes(status) ? 'dropped' : 'retried';
}

const cloudEvent = (id: string) => ({ ...blobCreated, id });

function gridEvent(id: string) {
  const { source: topic, type: eventType, time: eventTime, subject, data } = blobCreated;
  return { id, topic, eventType, eventTime, subject, data, dataVersion: '', metadataVersion: '1' };
}

/** One event, in every way that it can be sent. */
const shapes: [name: string, delivery: (id: string) => Delivery][] = [
  ['in its own schema', (id) => ({ body: [gridEvent(id)] })],
  ['in its own schema, by itself', (id) => ({ body: gridEvent(id) })],
  [
    'as a CloudEvent',
    (id) => ({
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
      body: cloudEvent(id),
    }),
  ],
  [
    'as a batch of CloudEvents',
    (id) => ({
      headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
      body: [cloudEvent(id)],
    }),
  ],
  [
    'as a CloudEvent in headers',
    (id) => {
      const { specversion, source, type, subject, time, datacontenttype, data } = blobCreated;
      const attributes = { specversion, id, source, type, subject, time };
      return {
        headers: {
          'content-type': datacontenttype,
          ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce-${name}`, value])),
        },
        body: data,
      };
    },
  ],
];

const launches = (name: string) =>
  emulator.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith(`/${name}`)).length - 1;

describe('an event', () => {
  test.each(shapes)('%s is a run, with what it tells of', async (name, delivery) => {
    const { status, json } = await send('shapes', delivery(name));

    expect([status, fateOf(status)]).toEqual([202, 'delivered']);
    expect(json.env).toEqual([
      { container: 'main', name: 'URL', value: blobCreated.data.url },
      { container: 'main', name: 'SUBJECT', value: blobCreated.subject },
    ]);
  });

  test('is the same run in whatever shape it comes again', async () => {
    const runs: string[] = [];
    for (const [, delivery] of [...shapes, ...shapes]) {
      const { headers, ...sent } = delivery('the same');
      const count = String(runs.length);
      const { json } = await send('shapes', {
        ...sent,
        headers: { ...headers, 'aeg-delivery-count': count },
      });
      runs.push(json.id);
    }

    expect(new Set(runs)).toEqual(new Set([expect.any(String)]));
  });

  test('is one of several, each of which is a run', async () => {
    const body = ['a', 'b', 'c', 'a'].map(cloudEvent);
    const { status, json } = await send('shapes', { body });
    const ids = json.value.map(({ id }: { id: string }) => id);

    expect([status, new Set(ids).size, ids[3]]).toEqual([202, 3, ids[0]]);
    expect((await send('shapes', { body })).json.value.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test('that the job ignores is delivered', async () => {
    const { status, json } = await send('shapes', {
      body: [{ ...gridEvent('x'), eventType: 'Microsoft.Storage.BlobDeleted' }],
    });

    expect([fateOf(status), json.status]).toEqual(['delivered', 'Ignored']);
  });

  test.each<[string, Delivery]>([
    ['it is wrong', { body: [{ ...gridEvent('x'), data: {} }] }],
    ['it is none', { body: [{ id: 'x' }] }],
    ['another in its batch is wrong', { body: [gridEvent('x'), { ...gridEvent('y'), data: {} }] }],
    ['its secret is wrong', { headers: { 'x-hook-secret': 'another' }, body: [gridEvent('x')] }],
    ['it is too large', { body: [{ ...gridEvent('x'), more: 'x'.repeat(1024 * 1024) }] }],
  ])('is dropped where %s: no other try would do', async (_, delivery) => {
    expect(fateOf((await send('refused', delivery)).status)).toBe('dropped');
    expect(emulator.requests.filter(({ path }) => path.endsWith('/refused'))).toHaveLength(asked);
  });

  test('comes again while a run holds the group', { timeout: 60_000 }, async () => {
    const gate = join(folder, 'gate');
    const first = await send('busy', { body: [gridEvent('1')] });
    const meanwhile = await send('busy', { body: [gridEvent('2')] });
    await writeFile(gate, '');
    const later = await patiently(45, async () => {
      const again = await send('busy', { body: [gridEvent('2')] });
      return fateOf(again.status) === 'delivered' && again;
    });

    expect([first.status, meanwhile.status]).toEqual([202, 409]);
    expect(fateOf(meanwhile.status)).toBe('retried');
    expect(later.json.id).not.toBe(first.json.id);
  });

  test.each([
    ['denied', 'AuthorizationFailed', 403],
    ['broken', 'InternalServerError', 500],
  ])('comes again where Azure says %s, and then runs once', async (job, code, status) => {
    const path = `**/containerGroups/${job}`;
    emulator.faults.add({ action: 'error', code, status, method: 'GET', path, times: 'always' });
    const refused = await send(job, { body: [gridEvent('1')] });
    emulator.faults.clear();
    const taken = await send(job, { body: [gridEvent('1')] });
    const again = await send(job, { body: [gridEvent('1')] });

    expect([refused.status, fateOf(refused.status), taken.status]).toEqual([503, 'retried', 202]);
    expect(again.json.id).toBe(taken.json.id);
    expect(launches(job)).toBe(1);
  });
});

describe('a subscription', () => {
  test('in its own schema is confirmed by its code, which may come before the secret', async () => {
    const { status, json } = await send('shapes', {
      headers: { 'aeg-event-type': 'SubscriptionValidation', 'x-hook-secret': '' },
      body: [
        { ...subscriptionValidation, data: { ...subscriptionValidation.data, validationUrl: confirmUrl } },
      ],
    });

    expect([status, json]).toEqual([200, { validationResponse: subscriptionValidation.data.validationCode }]);
  });

  test('of CloudEvents is confirmed in headers, and no other origin is', async () => {
    const asks = (origin: string) =>
      send('shapes', {
        method: 'OPTIONS',
        headers: {
          'WebHook-Request-Origin': origin,
          'WebHook-Request-Callback': confirmUrl,
          'WebHook-Request-Rate': '120',
        },
      });
    const consent = await asks('eventgrid.azure.net');
    const refusal = await asks('evil.example');
    const told = (answer: typeof consent) =>
      ['webhook-allowed-origin', 'webhook-allowed-rate', 'allow'].map((name) => answer.headers.get(name));

    expect([consent.status, told(consent)]).toEqual([200, ['eventgrid.azure.net', '120', 'POST, OPTIONS']]);
    expect([refusal.status, told(refusal)]).toEqual([405, [null, null, 'POST']]);
  });

  test.each(['SubscriptionDeletion', 'Unsubscribe'])(
    'that ends says so by %s, which starts nothing',
    async (type) => {
      const body = [{ ...gridEvent('gone'), eventType: 'Microsoft.EventGrid.SubscriptionDeletedEvent' }];
      const farewell = (given: string) =>
        send('refused', { headers: { 'aeg-event-type': type, 'x-hook-secret': given }, body });

      expect([(await farewell(secret)).status, (await farewell('')).status]).toEqual([200, 200]);
      expect(launches('refused')).toBe(0);
    },
  );

  test('is never confirmed by calling a URL', () => {
    expect(called).toEqual([]);
  });
});
