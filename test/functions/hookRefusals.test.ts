import { HttpRequest } from '@azure/functions';
import { describe, expect, test } from 'vitest';
import { receiveHook } from '../../src/functions/receiveHook.ts';
import type { HookConfig } from '../../src/hooks/hook.schema.ts';
import type { Hook } from '../../src/hooks/hook.ts';
import { blobCreated, firedAlert, githubPush, registryPush } from '../hooks/samples.ts';
import { now, sampleBody, signedSenders } from '../hooks/senders.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { type Answer, call, collaboratorsOf, launcherSecret, origin } from './call.ts';

/** What a sender sends, as it goes over the wire. */
type Sent = { body: string; headers: Record<string, string>; query: string };

/** A function over a group that nothing holds, at the time when the samples were signed. */
function hookRoute(config: Omit<HookConfig, 'secret'>, secret: string) {
  const entry = { hook: { ...config, secret: 'setting:SECRET' }, map: [{ name: 'A', from: '/data' }] };
  const job = jobOf(entry, { SECRET: secret });
  const groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  const settings = { LAUNCHER_SECRET: launcherSecret };
  const route = receiveHook(
    job,
    job.hook as Hook,
    collaboratorsOf(groups, { jobs: [job], settings, now: () => now }),
  );
  return {
    groups,
    deliver: ({ body, headers, query }: Sent) =>
      call(
        route,
        new HttpRequest({
          method: 'POST',
          url: `${origin}/api/hooks/nightly${query}`,
          headers: { 'content-type': 'application/json', ...headers },
          body: { string: body },
          params: {},
        }),
      ),
  };
}

/** Every byte that a sender is answered, which a stand-in for the host gives one id. */
const wholeOf = ({ status, headers, text }: Answer) => JSON.stringify([status, [...headers], text]);

/** Every answer to whoever did not prove himself, whatever was wrong. */
const refusals = new Set<string>();

async function expectRefused(what: string, answer: Promise<Answer>): Promise<void> {
  const given = await answer;
  expect([what, given.status, given.json?.error?.code]).toEqual([what, 401, 'SenderNotVerified']);
  refusals.add(wholeOf(given));
}

describe.each(signedSenders)('a hook for $name', (sender) => {
  const [secret, other] = sender.secrets;
  const delivery = { id: 'msg_1', timestamp: String(now / 1000), body: sampleBody };
  const signed = (changed: Partial<typeof delivery> = {}, by = secret): Sent => {
    const given = { ...delivery, ...changed };
    return {
      body: given.body,
      headers: sender.headers([sender.signature(by, given)], given),
      query: '',
    };
  };

  test('takes what is signed', async () => {
    const { deliver, groups } = hookRoute(sender.config, secret);

    expect((await deliver(signed())).status).toBe(202);
    expect(groups.written).toHaveLength(1);
  });

  test('refuses every change of it in the same words, and starts nothing', async () => {
    const { deliver, groups } = hookRoute(sender.config, secret);
    const genuine = signed();
    const changes: Record<string, Partial<Sent>> = {
      'a byte more': { body: `${sampleBody} ` },
      'another value': { body: sampleBody.replace('nightly-42', 'nightly-43') },
      'no JSON any more': { body: sampleBody.slice(1) },
      'no body': { body: '' },
      'no header': { headers: {} },
      'another secret': { headers: signed({}, other).headers },
    };
    for (const name of Object.keys(genuine.headers).filter((name) => name !== 'X-GitHub-Delivery')) {
      const { [name]: _, ...headers } = genuine.headers;
      changes[`no ${name}`] = { headers };
    }
    if (sender.signs.id) {
      const headers = sender.headers([sender.signature(secret, delivery)], { ...delivery, id: 'msg_2' });
      changes['another id'] = { headers };
    }
    if (sender.signs.timestamp) {
      for (const seconds of [-301, 301]) {
        changes[`${seconds} s from now`] = signed({ timestamp: String(now / 1000 + seconds) });
      }
    }

    for (const [what, change] of Object.entries(changes)) {
      await expectRefused(what, deliver({ ...genuine, ...change }));
    }
    expect(groups.written).toHaveLength(0);
  });
});

describe.each<[string, Omit<HookConfig, 'secret'>, unknown]>([
  ['Event Grid, with a header', { preset: 'event-grid', header: 'X-Secret' }, [blobCreated]],
  ['Event Grid, with its URL', { preset: 'event-grid' }, [blobCreated]],
  ['Azure Monitor, with a header', { preset: 'azure-monitor', header: 'X-Secret' }, firedAlert],
  ['Azure Monitor, with its URL', { preset: 'azure-monitor' }, firedAlert],
  ['a registry', { preset: 'secret-header', header: 'X-Secret' }, registryPush],
  ['whoever has only a URL', { preset: 'secret-header', query: 'token' }, githubPush.body],
])('a hook for %s', (_, config, body) => {
  const secret = 'a-secret-that-is-sent-itself';
  const sentWith = (given: string): Sent => ({
    body: JSON.stringify(body),
    headers: config.header === undefined ? {} : { 'x-secret': given },
    query: config.header === undefined ? `?token=${given}` : '',
  });

  test('takes what comes with the secret', async () => {
    const { deliver, groups } = hookRoute(config, secret);

    expect((await deliver(sentWith(secret))).status).toBe(202);
    expect(groups.written).toHaveLength(1);
  });

  test('refuses all else in the same words, and starts nothing', async () => {
    const { deliver, groups } = hookRoute(config, secret);
    const { headers, query } = sentWith(secret);
    const elsewhere = { headers: { token: secret, authorization: secret }, query: `?x-secret=${secret}` };
    const changes: [string, Partial<Sent>][] = [
      ['no secret', { headers: {}, query: '' }],
      ['an empty one', sentWith('')],
      ['another', sentWith('another-secret-that-is-sent')],
      ['a part of it', sentWith(secret.slice(0, -1))],
      ['it and more', sentWith(`${secret}x`)],
      ['it where it is not asked for', elsewhere],
      ['no secret, nor JSON', { headers: {}, query: '', body: '{' }],
    ];

    for (const [what, change] of changes) {
      await expectRefused(what, deliver({ body: JSON.stringify(body), headers, query, ...change }));
    }
    expect(groups.written).toHaveLength(0);
  });
});

describe.each<[string, Omit<HookConfig, 'secret'>, string, Record<string, string>]>([
  [
    'GitHub',
    { preset: 'github' },
    'sample-secret-not-real-01',
    {
      'X-GitHub-Event': 'push',
      'X-GitHub-Delivery': '7f0d9c1e-2f5a-4d55-9c41-0b8d1a6f2e90',
      'X-Hub-Signature-256': 'sha256=7504d964418cf4643df354f1a01ef7a4dd1a6f302df406a4a543d32df3ebed66',
    },
  ],
  [
    'Standard Webhooks',
    { preset: 'standard-webhooks' },
    'whsec_MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1ub3BxcnN0dXY=',
    {
      'webhook-id': 'msg_h5sample0001',
      'webhook-timestamp': '1790000000',
      'webhook-signature':
        'v1,AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE= v1,fAEDSeW2lUMwf/Fv3Sl6bmiiedLd4ig5Av7IUU/EvHE=',
    },
  ],
])('a delivery that others have signed as %s', (_, config, secret, headers) => {
  test('is taken as it is, and refused with one letter changed', async () => {
    const { deliver } = hookRoute(config, secret);
    const sent = { body: sampleBody, headers, query: '' };

    expect((await deliver(sent)).status).toBe(202);
    await expectRefused('one letter', deliver({ ...sent, body: sampleBody.replace('größe', 'grösse') }));
  });
});

test('nobody learns from a refusal why it is one, nor which sender a hook is for', () => {
  expect([...refusals]).toHaveLength(1);
});
