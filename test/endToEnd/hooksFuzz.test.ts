import { Agent, request as send } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import {
  blobCreated,
  firedAlert,
  githubPush,
  imagePushed,
  notification,
  registryPush,
  subscriptionValidation,
} from '../hooks/samples.ts';
import { sampleBody, signedSenders } from '../hooks/senders.ts';
import { type App, startApp } from './app.ts';
import { atOnce, createGroup, resourceId } from './groups.ts';
import { type Json, junk, oneOf, type Random, randomOf, spoiled } from './spoiled.ts';

const requests = 10_000;
const atATime = 8;

/** The same requests in every run; a failure names its own by number. */
const seed = 20_261_122;
const secret = 'a-secret-that-is-sent-itself';

/** Whose signature is made anew for each body, and what they send. */
const signing = signedSenders.map((sender, index) => ({ ...sender, job: `signed-${index}` }));
const bodies: Json[] = [
  [blobCreated],
  [imagePushed, blobCreated],
  blobCreated,
  subscriptionValidation,
  firedAlert,
  registryPush,
  githubPush.body,
  JSON.parse(sampleBody),
];
const types = [
  'application/json',
  'application/json; charset=utf-8',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
];

/** For jobs that are here for their senders: to store a run is what takes time. */
const never = [{ from: '/never', equals: true }];

let emulator: Emulator;
let app: App;
const agent = new Agent({ keepAlive: true, maxSockets: atATime });

beforeAll(async () => {
  emulator = await startEmulator({ timings: { ...atOnce, scriptedRunMs: 600_000 }, limits: noLimits });
  await createGroup(emulator, 'one', { image: 'acrjobsdev.azurecr.io/team/report-builder:1.0' });
  const containerGroup = resourceId('one');
  const sent = { containerGroup, map: [{ name: 'A', from: '/data' }] };
  app = await startApp({
    arm: emulator,
    settings: {
      SECRET: secret,
      ...Object.fromEntries(signing.map(({ job, secrets: [first] }) => [job.replace('-', '_'), first])),
    },
    jobs: {
      ...Object.fromEntries(
        signing.map(({ job, config }) => [
          job,
          {
            containerGroup,
            hook: { ...config, secret: `setting:${job.replace('-', '_')}` },
            map: [
              { name: 'A', from: '/after', required: true, pattern: '^a+$' },
              { name: 'B', from: 'CE_ID', source: 'event' },
              { name: 'C', from: 'x-github-event', source: 'header', maxLength: 20 },
            ],
            when: never,
          },
        ]),
      ),
      grid: { ...sent, hook: { preset: 'event-grid', secret: 'setting:SECRET' } },
      images: {
        ...sent,
        hook: { preset: 'event-grid', secret: 'setting:SECRET' },
        onImagePush: 'redeploy',
        imagePolicy: { requireDigest: true },
      },
      alert: {
        ...sent,
        when: never,
        hook: { preset: 'azure-monitor', secret: 'setting:SECRET', includeResolved: true },
      },
      registry: {
        ...sent,
        when: never,
        hook: { preset: 'secret-header', query: 'token', secret: 'setting:SECRET', dedupeFrom: '/id' },
      },
    },
  });
});
afterAll(async () => {
  agent.destroy();
  await app?.close();
  await emulator?.close();
});

/** Bytes of a body: mostly a sample that is spoiled in one place, now and then cut off, or not text at all. */
function bytesOf(random: Random): Buffer {
  const sample = oneOf(random, bodies);
  const text = Buffer.from(JSON.stringify(random() < 0.8 ? spoiled(random, sample) : sample) ?? 'null');
  const how = random();
  if (how < 0.05) {
    return text.subarray(0, Math.floor(random() * text.length));
  }
  return how < 0.07 ? Buffer.from(text.map((byte) => (random() < 0.1 ? byte ^ 0x80 : byte))) : text;
}

/** A header's value: junk, as far as a header can carry it. */
const value = (random: Random) =>
  encodeURIComponent(JSON.stringify(oneOf(random, junk)).slice(0, 300).toWellFormed());

type Sent = { said: string; job: string; status: number };

function one(number: number): Promise<Sent> {
  const random = randomOf(seed + number);
  const body = bytesOf(random);
  const sender = oneOf(random, signing);
  const delivery = { id: `id-${number % 7}`, timestamp: String(Math.floor(Date.now() / 1000)), body };
  const job =
    random() < 0.5 ? sender.job : oneOf(random, ['grid', 'images', 'alert', 'registry', 'nobody', 'nobody']);
  const proof = sender.headers([sender.signature(sender.secrets[0], delivery)], delivery);
  const headers: Record<string, string> = {
    ...notification,
    ...githubPush.headers,
    ...proof,
    'content-type': oneOf(random, types),
    'content-length': String(body.length),
  };
  const names = [
    ...Object.keys(proof),
    'aeg-event-type',
    'ce-specversion',
    'ce-id',
    'ce-source',
    'x-github-event',
  ];
  if (random() < 0.2) {
    headers[oneOf(random, names)] = random() < 0.3 ? '1.0' : value(random);
  }
  const query = random() < 0.9 ? `token=${secret}` : `token=${value(random)}`;
  const method = random() < 0.02 ? 'OPTIONS' : 'POST';
  const said = `#${number} ${method} ${job}?${query} ${body.toString('latin1')}`.slice(0, 500);
  return new Promise((resolve, reject) => {
    const call = send(`${app.url}/api/hooks/${job}?${query}`, { method, agent, headers }, (answer) => {
      answer.resume().once('end', () => resolve({ said, job, status: answer.statusCode ?? 0 }));
    });
    call.setTimeout(20_000, () => call.destroy(new Error(`no answer to ${said}`)));
    call.once('error', (cause) => reject(new Error(`${said}: ${cause.message}`, { cause })));
    call.end(body);
  });
}

test(`${requests} spoiled deliveries: none is the app's fault`, { timeout: 300_000 }, async () => {
  const answered: Sent[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < requests) {
        answered.push(await one(next++));
      }
    }),
  );

  expect(answered).toHaveLength(requests);
  expect(answered.filter(({ status }) => status >= 500)).toEqual([]);
  // Unless they get into every part of the app, this would show little.
  const counts = Object.groupBy(answered, ({ status }) => status);
  for (const status of [200, 400, 401, 404, 409]) {
    expect([status, counts[status]?.length ?? 0]).toEqual([status, expect.toSatisfy((count) => count > 100)]);
  }
  for (const job of [...signing.map((sender) => sender.job), 'grid', 'images', 'alert', 'registry']) {
    const proven = answered.filter((each) => each.job === job && ![401, 415].includes(each.status));
    expect([job, proven.length]).toEqual([job, expect.toSatisfy((count) => count > 400)]);
  }
});
