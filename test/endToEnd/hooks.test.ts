import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import {
  blobCreated,
  digest,
  firedAlert,
  githubPush,
  imagePushed,
  notification,
  registryPush,
  resolvedAlert,
  subscriptionValidation,
} from '../hooks/samples.ts';
import { sampleBody, signedSenders } from '../hooks/senders.ts';
import { until } from '../until.ts';
import { type App, startApp } from './app.ts';
import { ended } from './ended.ts';
import { atOnce, createGroup, printEnv, resourceId, settled } from './groups.ts';

const github = signedSenders[0] as (typeof signedSenders)[number];
const sent = 'a-secret-that-is-sent-itself';
const secrets = [sent, ...signedSenders.flatMap(({ secrets: both }) => both)];
const never = [{ from: '/never', equals: true }];

let emulator: Emulator;
let app: App;
/** Every answer's text, to be searched for what must not be in it. */
const answers: string[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await Promise.all([
    ...['pushed', 'ticking', 'batch', 'plain'].map((name) =>
      createGroup(emulator, name, { command: printEnv }),
    ),
    createGroup(emulator, 'once', { command: ['node', '-e', 'setInterval(() => {}, 1000)'] }),
    createGroup(emulator, 'deployed', {
      image: 'acrjobsdev.azurecr.io/team/report-builder:1.0',
      command: printEnv,
    }),
  ]);
  const pushMap = [
    { name: 'COMMIT', from: '/after', required: true, pattern: '^[0-9a-f]{40}$' },
    { name: 'EVENT', from: 'CE_TYPE', source: 'event' },
  ];
  const hook = { preset: 'github', secret: ['setting:SIGNED_0_NEXT', 'setting:SIGNED_0'] };
  const eventGrid = { preset: 'event-grid', secret: 'setting:SENT' };
  app = await startApp({
    arm: emulator,
    settings: {
      SENT: sent,
      ...Object.fromEntries(
        signedSenders.flatMap(({ secrets: [one, next] }, index) => [
          [`SIGNED_${index}`, one],
          [`SIGNED_${index}_NEXT`, next],
        ]),
      ),
    },
    jobs: {
      ...Object.fromEntries(
        signedSenders.map(({ config }, index) => [
          `signed-${index}`,
          {
            containerGroup: resourceId('plain'),
            hook: { ...config, secret: `setting:SIGNED_${index}` },
            map: [],
            when: never,
          },
        ]),
      ),
      grid: { containerGroup: resourceId('plain'), hook: eventGrid, map: [], when: never },
      alert: {
        containerGroup: resourceId('plain'),
        hook: { preset: 'azure-monitor', header: 'X-Secret', secret: 'setting:SENT' },
        map: [],
        when: never,
      },
      registry: {
        containerGroup: resourceId('plain'),
        hook: { preset: 'secret-header', header: 'X-Secret', secret: 'setting:SENT' },
        map: [],
        when: never,
      },
      pushed: {
        containerGroup: resourceId('pushed'),
        hook,
        map: pushMap,
        when: [{ from: '/ref', equals: 'refs/heads/main' }],
      },
      once: { containerGroup: resourceId('once'), hook, map: pushMap },
      batch: {
        containerGroup: resourceId('batch'),
        hook: eventGrid,
        map: [{ name: 'URL', from: '/data/url', required: true }],
        ifRunning: 'queue',
      },
      deployed: {
        containerGroup: resourceId('deployed'),
        hook: eventGrid,
        map: [{ name: 'TAG', from: '/data/target/tag' }],
        onImagePush: 'redeploy',
        imagePolicy: { registries: ['acrjobsdev.azurecr.io'], requireDigest: true },
      },
      ticking: {
        containerGroup: resourceId('ticking'),
        schedule: '* * * * * *',
        mode: 'clone',
        ttlSeconds: 0,
      },
      unhooked: { containerGroup: resourceId('plain') },
    },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

type Answer = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: an answer's body, of which a test looks at what it is about
  json: any;
};

async function deliver(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Answer> {
  const answer = await fetch(`${app.url}/api/hooks/${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && {
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  answers.push(text);
  return { status: answer.status, headers: answer.headers, json: text === '' ? undefined : JSON.parse(text) };
}

const seconds = () => String(Math.floor(Date.now() / 1000));

/** The headers that GitHub sends with a body. */
function signed(body: string, id: string, secret = github.secrets[0]): Record<string, string> {
  const delivery = { id, timestamp: seconds(), body };
  return { ...githubPush.headers, ...github.headers([github.signature(secret, delivery)], delivery) };
}

function launches(name: string): number {
  return (
    emulator.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith(`/${name}`)).length - 1
  );
}

describe('a push to GitHub', () => {
  const body = JSON.stringify(githubPush.body);

  test('runs a container that prints its commit, and a redelivery finds the same run', {
    timeout: 60_000,
  }, async () => {
    const { status, json, headers } = await deliver('pushed', body, signed(body, 'one'));
    expect([status, json.startedBy.via, json.job]).toEqual([202, 'POST hooks/pushed', 'pushed']);
    expect(headers.get('location')).toBe(json.links.result);

    expect((await ended(json.links.self)).status).toBe('Succeeded');
    const logs = (await (await fetch(json.links.logs)).text()).split('\n');
    expect(logs).toEqual(expect.arrayContaining([`COMMIT=${githubPush.body.after}`, 'EVENT=push']));

    const other = JSON.stringify({ ...githubPush.body, after: 'b'.repeat(40) });
    const again = await deliver('pushed', other, signed(other, 'one', github.secrets[1]));
    expect([again.status, again.json.id, again.headers.get('idempotent-replayed')]).toEqual([
      200,
      json.id,
      'true',
    ]);
    expect(launches('pushed')).toBe(1);
  });

  test('delivered five times at once runs once', async () => {
    const headers = signed(body, 'five');
    const five = await Promise.all(Array.from({ length: 5 }, () => deliver('once', body, headers)));

    expect(new Set(five.map(({ json }) => json.id)).size).toBe(1);
    expect(five.every(({ status }) => status === 202)).toBe(true);
    expect(launches('once')).toBe(1);
    const { properties } = await settled(emulator, 'once');
    expect(properties['containers']).toMatchObject([
      {
        properties: {
          instanceView: {
            events: expect.arrayContaining([expect.objectContaining({ name: 'Started', count: 1 })]),
          },
        },
      },
    ]);
    const busy = await deliver('once', body, signed(body, 'six'));
    expect([busy.status, busy.headers.get('x-ms-error-code')]).toEqual([409, 'RunInProgress']);
  });

  test('to another branch is ignored; one without a commit is refused, with its place', async () => {
    const elsewhere = JSON.stringify({ ...githubPush.body, ref: 'refs/heads/next' });
    const broken = JSON.stringify({ ...githubPush.body, after: 'HEAD' });
    const ignored = await deliver('pushed', elsewhere, signed(elsewhere, 'two'));
    const refused = await deliver('pushed', broken, signed(broken, 'three'));

    expect([ignored.status, ignored.json.status]).toEqual([200, 'Ignored']);
    expect([refused.status, refused.json.error.details[0].target]).toEqual([400, '/after']);
  });
});

describe('a hook', () => {
  test.each(signedSenders.map((sender, index) => [sender.name, sender, index] as const))(
    'takes what %s signed, and nothing else, without a word of why',
    async (_, { secrets: [secret, next], signature, headers }, index) => {
      const delivery = { id: 'msg-1', timestamp: seconds(), body: sampleBody };
      const changed = `${sampleBody} `;
      const [right, wrong] = [secret, next].map((each) => headers([signature(each, delivery)], delivery));
      const taken = await deliver(`signed-${index}`, sampleBody, right);
      const refusals = [
        await deliver(`signed-${index}`, changed, right),
        await deliver(`signed-${index}`, sampleBody.slice(1), right),
        await deliver(`signed-${index}`, sampleBody, wrong),
        await deliver(`signed-${index}`, sampleBody),
      ];

      expect([taken.status, taken.json.status]).toEqual([200, 'Ignored']);
      expect(refusals.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
      expect(new Set(refusals.map(({ json }) => JSON.stringify(json))).size).toBe(1);
    },
  );

  test.each<[string, string, unknown, Record<string, string>]>([
    [`grid?token=${sent}`, 'grid?token=another', [blobCreated], notification],
    [
      `grid?token=${sent}`,
      'grid',
      [blobCreated, { ...blobCreated, id: '2' }],
      { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
    ],
    ['alert', 'alert', firedAlert, { 'x-secret': sent }],
    ['alert', 'alert', resolvedAlert, { 'x-secret': sent }],
    ['registry', 'registry', registryPush, { 'x-secret': sent }],
  ])('takes from %s what comes with the secret, and nothing else', async (right, wrong, body, headers) => {
    const taken = await deliver(right, body, headers);
    const refused = await deliver(wrong, body, { ...headers, 'x-secret': 'another' });

    expect([taken.status, refused.status]).toEqual([200, 401]);
  });

  test('shakes hands with Event Grid, which may not know the secret yet', async () => {
    const code = subscriptionValidation.data.validationCode;
    const validated = await deliver('grid', [subscriptionValidation], {
      'aeg-event-type': 'SubscriptionValidation',
    });
    const origin = { 'webhook-request-origin': 'eventgrid.azure.net' };
    const consent = await deliver('grid', undefined, origin, 'OPTIONS');
    const stranger = await deliver(
      'grid',
      undefined,
      { 'webhook-request-origin': 'evil.example' },
      'OPTIONS',
    );
    const notGrid = await deliver('signed-0', undefined, origin, 'OPTIONS');

    expect([validated.status, validated.json]).toEqual([200, { validationResponse: code }]);
    expect([consent.status, consent.headers.get('webhook-allowed-origin')]).toEqual([
      200,
      'eventgrid.azure.net',
    ]);
    for (const { headers } of [stranger, notGrid]) {
      expect(headers.has('webhook-allowed-origin')).toBe(false);
    }
  });

  test('takes several events at once, each for a run of its own, or none when one of them is wrong', async () => {
    const other = { ...blobCreated, id: 'another', data: { url: 'https://example.org/2' } };
    const wrong = await deliver(`batch?token=${sent}`, [other, { ...blobCreated, data: {} }], notification);
    const taken = await deliver(`batch?token=${sent}`, [blobCreated, other, other], notification);

    expect([wrong.status, wrong.json.error.details[0].target]).toEqual([400, '/1/data/url']);
    const runs = taken.json.value as { id: string; env: { value: string }[] }[];
    expect(taken.status).toBe(202);
    expect(runs.map(({ env }) => env[0]?.value)).toEqual([
      blobCreated.data.url,
      other.data.url,
      other.data.url,
    ]);
    expect(new Set(runs.map(({ id }) => id)).size).toBe(2);
  });

  test('is not there for a job without one, signed or not, as for no job at all', async () => {
    const body = JSON.stringify(githubPush.body);
    const whole = async (job: string, headers: Record<string, string>) => {
      const { status, json, headers: answered } = await deliver(job, body, headers);
      const told = [...answered].filter(([name]) => !/^(?:date|x-ms-(?:request|invocation)-id)$/.test(name));
      return JSON.stringify([status, told, json]);
    };
    const all = new Set<string>();
    for (const job of ['unhooked', 'nobody', `unhooked?token=${sent}`]) {
      all.add(await whole(job, {}));
      all.add(await whole(job, signed(body, 'unhooked')));
    }

    const [only = '', ...others] = all;
    expect([JSON.parse(only)[0], others]).toEqual([404, []]);
    expect(only).not.toContain('pushed');
    expect((await deliver('unhooked', undefined, {}, 'OPTIONS')).status).toBe(404);
    expect((await deliver('pushed', undefined, {}, 'GET')).status).toBe(404);
  });

  test('takes a body of up to 1 MiB, as JSON', async () => {
    const large = (size: number) => JSON.stringify({ text: 'x'.repeat(size) });
    const taken = large(1_000_000);

    expect((await deliver('signed-0', taken, signed(taken, 'large'))).status).toBe(200);
    expect((await deliver('signed-0', large(1024 * 1024))).status).toBe(413);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await deliver('signed-0', 'payload=1', { ...signed('payload=1', 'form'), ...form })).status).toBe(
      415,
    );
  });
});

test('a pushed image of the container’s own repository runs, by its digest; no other does', async () => {
  const push = (target: object, id = 'other') => [
    { ...imagePushed, id, data: { ...registryPush, target: { ...registryPush.target, ...target } } },
  ];
  const path = `deployed?token=${sent}`;
  for (const body of [push({ tag: undefined }), push({ repository: 'team/other' }), [blobCreated]]) {
    const { status, json } = await deliver(path, body, notification);
    expect([status, json.status]).toEqual([200, 'Ignored']);
  }
  expect(launches('deployed')).toBe(0);

  const { status, json } = await deliver(path, [imagePushed], notification);
  expect([status, json.env[0].value]).toEqual([202, '1.14.2']);
  const { properties } = await settled(emulator, 'deployed');
  expect(properties['containers']).toMatchObject([
    { properties: { image: `acrjobsdev.azurecr.io/team/report-builder@${digest}` } },
  ]);
  expect((await deliver(path, [imagePushed], notification)).json.id).toBe(json.id);
});

test('a schedule of every second starts runs', async () => {
  const runs = await until(async () => {
    const list = (await (await fetch(`${app.url}/api/jobs/ticking/runs`)).json()) as {
      value: { startedBy: { via: string }; createdAt: string }[];
    };
    return list.value.length >= 3 && list.value;
  });

  expect(new Set(runs.map(({ startedBy }) => startedBy.via))).toEqual(new Set(['schedule']));
});

test('no secret of a sender is in an answer or in what the app prints', () => {
  const all = `${answers.join('\n')}\n${app.output()}`;

  expect(answers.length).toBeGreaterThan(50);
  for (const secret of secrets) {
    expect(all).not.toContain(secret);
  }
});
