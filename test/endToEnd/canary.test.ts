import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../../local/aci/emulator.ts';
import { callArm } from '../../local/armRest.ts';
import { patiently } from '../until.ts';
import { type App, startApp } from './app.ts';
import { type Answer, aBusyDay, type SendOptions } from './busyDay.ts';
import { createCanaries } from './canaries.ts';
import { startFasterCloud } from './fasterCloud.ts';
import { resourceId } from './groups.ts';
import { createGuarded, guarded, map, secretSettings } from './guardedGroup.ts';
import { createMortalHost, type MortalHost } from './mortalHost.ts';
import { receiveCallbacks, recordStorage, recordTokens } from './recordingProxies.ts';

/**
 * A busy day of the app, with a known secret wherever one can come in; then all that anybody could see of it is searched. Time runs
 * faster, so that the day is over in half a minute.
 */
const speed = 5;
const canaries = createCanaries();

const settings = secretSettings(canaries);
const storageKey = Buffer.from(canaries.plainSecret('key of the storage account')).toString('base64');

let emulator: Emulator;
let host: MortalHost;
let caller: App;
let masterKey = '';

/** All that anybody could see. Rows and messages are what the app and its host sent to be stored, so that none is missed that was there for a moment. */
const seen = {
  answers: [] as string[],
  callbacks: [] as string[],
  rows: [] as string[],
  messages: [] as string[],
};
const statuses = new Set<string>();
const closing: (() => Promise<unknown>)[] = [];

/** Sends a request with the key of the function that it is for, and keeps the answer. */
async function send(
  method: string,
  path: string,
  body?: unknown,
  { headers = {}, url = host.url() ?? '', key = masterKey }: SendOptions = {},
): Promise<Answer> {
  const answer = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
    method,
    headers: {
      ...(key && { 'x-functions-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  seen.answers.push(text, JSON.stringify([...answer.headers]));
  statuses.add(`${answer.status}`);
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { body: isJson ? JSON.parse(text) : {} };
}

/** The storage account as whoever has this connection string uses it, while all that is brought there is seen. */
async function seenStorage(connectionString: string): Promise<string> {
  const endpoint = (service: string) =>
    new RegExp(`${service}Endpoint=([^;]+)`).exec(connectionString)?.[1] ?? '';
  const tables = await recordStorage(endpoint('Table'), (request) => seen.rows.push(request));
  closing.push(tables.close);
  const queues = await recordStorage(endpoint('Queue'), (request) => {
    const [, message] = /<MessageText>([^<]*)</.exec(request) ?? [];
    seen.messages.push(message === undefined ? request : `${request} ${Buffer.from(message, 'base64')}`);
  });
  closing.push(queues.close);
  return connectionString
    .replace(endpoint('Table'), tables.endpoint)
    .replace(endpoint('Queue'), queues.endpoint);
}

beforeAll(async () => {
  const cloud = await startFasterCloud(speed, storageKey);
  closing.push(cloud.close);
  emulator = cloud.emulator;
  canaries.watch('identity header', emulator.identityHeader);
  const tokens = await recordTokens(emulator.identityEndpoint, (token) =>
    canaries.watch(`token ${token}`, token),
  );
  closing.push(tokens.close);
  const receiver = await receiveCallbacks((callback) => seen.callbacks.push(callback));
  closing.push(receiver.close);
  await createGuarded(emulator, settings);
  const queues = QueueServiceClient.fromConnectionString(cloud.connectionString);
  host = await createMortalHost(
    {
      ...cloud.settings,
      ...settings,
      IDENTITY_ENDPOINT: tokens.identityEndpoint,
      AzureWebJobsStorage: await seenStorage(cloud.connectionString),
      CALLBACK_HOSTS: `localhost:${receiver.port}`,
    },
    { jobs: { guarded, mapped: { ...guarded, map } }, enableAuth: true },
  );
  closing.push(host.close);
  await host.start();
  masterKey = host.masterKey();
  for (const [name, key] of Object.entries({ ...host.keys(), master: masterKey })) {
    canaries.watch(`key of ${name}`, key);
  }
  caller = await startApp({ arm: emulator, settings: { ARM_CREDENTIAL: 'caller' } });
  closing.push(caller.close);

  await aBusyDay({
    canaries,
    settings,
    emulator,
    callbackOrigin: `http://localhost:${receiver.port}`,
    masterKey,
    callerUrl: caller.url,
    send,
    async sendMessage(queue, text) {
      await queues.getQueueClient(queue).sendMessage(Buffer.from(text).toString('base64'));
    },
  });
  // What the day has set going comes to its end.
  const said = (pattern: RegExp) => host.output().match(pattern)?.length ?? 0;
  await patiently(
    40,
    () =>
      seen.callbacks.length > 4 &&
      said(/A message of an unknown shape was dropped\./g) >= 2 &&
      said(/"event":"callback.gaveUp"/g) >= 1,
  );
}, 170_000);

afterAll(async () => {
  for (const close of closing.reverse()) {
    await close();
  }
});

/** Each text in which there is a secret, behind the secret's name. */
const secretsIn = (texts: Iterable<string>) =>
  [...texts].flatMap((text) => canaries.foundIn(text).map((name) => `${name}: ${text.slice(0, 500)}`));

test('the day was a busy one', () => {
  expect([...statuses].sort()).toEqual(['200', '201', '202', '400', '401', '404', '409', '422']);
  const sealed = seen.rows.flatMap((row) => row.match(/\bv1\.[\w.-]+/g) ?? []);
  expect(new Set(sealed).size).toBeGreaterThan(5);
  expect(new Set(seen.messages.filter((message) => message.includes('<MessageText>'))).size).toBeGreaterThan(
    20,
  );
  expect(seen.callbacks.length).toBeGreaterThan(4);
  expect(seen.answers.filter((text) => text.includes('Bad: (secure) (secure)')).length).toBeGreaterThan(5);
});

test('no secret is in any answer', () => {
  expect(secretsIn(seen.answers)).toEqual([]);
});

test('no secret is in anything that the host printed', () => {
  const [, afterStart = ''] = host.output().split('Host listening on '); // its keys are printed before, for whoever started it
  expect(secretsIn(afterStart.split('\n'))).toEqual([]);
  expect(secretsIn(caller.output().split('\n'))).toEqual([]);
});

test('no secret is in any row, at any time of the day', () => {
  expect(secretsIn(seen.rows)).toEqual([]);
});

test('no secret is in any message', () => {
  expect(secretsIn(seen.messages)).toEqual([]);
});

test('no secret is in what callbacks tell', () => {
  expect(secretsIn(seen.callbacks)).toEqual([]);
});

test('no secret is in a group as Azure shows it, its tags among that', async () => {
  const list = await callArm(emulator, 'GET', resourceId('').slice(0, -1));
  const names = (list as { value: { name: string }[] }).value.map(({ name }) => name);
  const shown = await Promise.all(names.map((name) => callArm(emulator, 'GET', resourceId(name))));
  expect(names).toContain('guarded');
  expect(secretsIn([list, ...shown].map((group) => JSON.stringify(group)))).toEqual([]);
});
