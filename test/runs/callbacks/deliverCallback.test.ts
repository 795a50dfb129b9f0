import { createHmac, randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { beforeEach, describe, expect, test } from 'vitest';
import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import { createCheckedLookup } from '../../../src/runs/callbacks/checkedLookup.ts';
import { type CallbackDelivery, deliverCallback } from '../../../src/runs/callbacks/deliverCallback.ts';
import { aboutRun } from '../../../src/runs/events/aboutRun.ts';
import type { RunEvent } from '../../../src/runs/events/runEvent.ts';
import { presentRun } from '../../../src/runs/presentRun.ts';
import type { CallbackMessage } from '../../../src/runs/queue/messages.ts';
import { newRunRecord, type RunRecord } from '../../../src/runs/runRecord.ts';
import { createSealer } from '../../../src/runs/sealing/sealer.ts';
import { createRunStore } from '../../../src/runs/store/runStore.ts';
import { sealRequest } from '../../../src/runs/store/storedRequest.ts';
import { type InMemoryQueue, inMemoryQueue } from '../inMemoryQueue.ts';
import { inMemoryRows } from '../inMemoryRows.ts';
import { askedAt, id, runId } from '../markedGroup.ts';
import { startReceiver } from './receiver.ts';

const now = askedAt + 60_000;
const secret = 'a-launcher-secret-of-32-characters';
const signedWith = 'a secret of callbacks';
const message = (tries = 0): CallbackMessage => ({ containerGroup: resourceIdOf(id), runId, tries });

let store: ReturnType<typeof createRunStore>;
let callbackQueue: InMemoryQueue<CallbackMessage>;
let told: RunEvent[];

beforeEach(() => {
  let tokens = 0;
  store = createRunStore(inMemoryRows(), () => String(++tokens));
  callbackQueue = inMemoryQueue(() => now);
  told = [];
});

const ended: RunRecord = {
  ...newRunRecord({
    id: runId,
    containerGroup: id,
    job: 'nightly',
    mode: 'recreate',
    startedBy: { via: 'POST jobs/nightly/runs' },
    env: [],
    warnings: [],
    createdAt: askedAt,
    hasCallback: true,
    ifRunning: 'reject',
    timeoutSeconds: 60,
    startWithinSeconds: 60,
    ttlSeconds: 0,
    parallelism: 1,
    groups: ['nightly'],
  }),
  end: { status: 'Succeeded', reason: 'Completed' },
  finishedAt: askedAt + 30_000,
};

const sealer = createSealer([secret], randomBytes);

/** A run whose caller wants to be told at this URL. */
async function storedFor(url: string, run: RunRecord = ended): Promise<void> {
  const request = sealRequest({ overrides: { env: { A: 1 } }, callbackUrl: url }, id, runId, sealer);
  await store.commit(id, { run: { value: run, was: undefined }, request });
}

function deliver(port: number, tries = 0, given: Partial<CallbackDelivery> = {}): Promise<void> {
  return deliverCallback(
    {
      store,
      sealer,
      callbackQueue,
      limits: {
        allowedHosts: [`localhost:${port}`],
        allowLoopback: true,
        lookup: createCheckedLookup(async () => ['127.0.0.1'], { allowLoopback: true }),
      },
      signingSecretsOf: (job) => (job === 'nightly' ? [signedWith] : []),
      present: (run) => presentRun(run),
      source: 'https://jobs.example.org/api',
      now: () => now,
      random: () => 0,
      tell: (event) => void told.push(event),
      ...given,
    },
    message(tries),
  );
}

/** A caller that answers so, and whose URL has a secret in it. */
async function callerThat(answer: RequestListener) {
  const receiver = await startReceiver(answer);
  await storedFor(`http://localhost:${receiver.port}/hook?code=hunter2`);
  return receiver;
}

const answering =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end();

const isErased = async () => {
  const request = await store.request(id, runId);
  expect(request?.overrides).toEqual({ env: { A: 1 } });
  return request !== undefined && !('callbackUrl' in request);
};

describe('a callback', () => {
  test('tells of the end of the run, signed with the secret of its job, and then forgets where', async () => {
    const receiver = await callerThat(answering(204));

    await deliver(receiver.port);

    const [{ method, url, headers, body } = { headers: {}, body: '' }, ...others] = receiver.received;
    expect([method, url, others]).toEqual(['POST', '/hook?code=hunter2', []]);
    expect(JSON.parse(body)).toEqual({
      specversion: '1.0',
      id: runId,
      source: 'https://jobs.example.org/api',
      type: 'aci-job-launcher.run.succeeded',
      subject: runId,
      time: new Date(askedAt + 30_000).toISOString(),
      datacontenttype: 'application/json',
      data: JSON.parse(JSON.stringify(presentRun(ended))),
    });
    const signed = `${runId}.${now / 1000}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', signedWith).update(signed).digest('base64')}`,
    );
    expect(await isErased()).toBe(true);
    expect(callbackQueue.messages).toEqual([]);
    expect(told).toEqual([{ ...aboutRun(ended), event: 'callback.delivered', tries: 1 }]);
  });

  test('that was told already is not told again', async () => {
    const receiver = await callerThat(answering(204));
    await deliver(receiver.port);
    await deliver(receiver.port);

    expect(receiver.received).toHaveLength(1);
  });

  test('of a run that is not over, or is gone, is not made', async () => {
    const receiver = await startReceiver(answering(204));
    await deliver(receiver.port);
    const { end: _, ...running } = ended;
    await storedFor(`http://localhost:${receiver.port}/`, running);
    await deliver(receiver.port);

    expect([receiver.received, callbackQueue.messages]).toEqual([[], []]);
    expect(await isErased()).toBe(false);
  });
});

describe('a callback that failed', () => {
  test.each([
    [0, 5],
    [1, 300],
    [6, 36_000],
  ])('after %i tries is tried again in %i seconds', async (tries, seconds) => {
    const { port } = await callerThat(answering(500));

    await deliver(port, tries);

    expect(callbackQueue.messages).toEqual([
      { message: message(tries + 1), visibleAt: now + seconds * 1_000 },
    ]);
    expect(await isErased()).toBe(false);
    expect(told).toEqual([
      {
        ...aboutRun(ended),
        event: 'callback.retried',
        tries: tries + 1,
        why: `'localhost:${port}' answered 500.`,
      },
    ]);
  });

  test.each([
    ['3600', 3_600],
    ['1', 5],
    ['9999999', 86_400],
  ])(
    'is tried again when its receiver asks for that, but not sooner than usual: %s',
    async (asked, seconds) => {
      const { port } = await callerThat(answering(429, { 'retry-after': asked }));

      await deliver(port);

      expect(callbackQueue.messages).toMatchObject([{ visibleAt: now + seconds * 1_000 }]);
    },
  );

  test('eight times is given up, which is told with the host and no more of the URL', async () => {
    const { port } = await callerThat(answering(500));

    await deliver(port, 7);

    expect(callbackQueue.messages).toEqual([]);
    expect(await isErased()).toBe(true);
    expect(told).toEqual([
      { ...aboutRun(ended), event: 'callback.gaveUp', tries: 8, why: `'localhost:${port}' answered 500.` },
    ]);
  });

  test('for good is given up at once', async () => {
    const { port, received } = await callerThat(answering(410));

    await deliver(port);

    expect([received.length, callbackQueue.messages]).toEqual([1, []]);
    expect(told).toMatchObject([{ event: 'callback.gaveUp', tries: 1 }]);
    expect(await isErased()).toBe(true);
  });

  test('since its host is not allowed any more is given up, and nothing is sent', async () => {
    const { port, received } = await callerThat(answering(204));
    const limits = {
      allowedHosts: [],
      allowLoopback: true,
      lookup: createCheckedLookup(async () => [], { allowLoopback: true }),
    };

    await deliver(port, 0, { limits });

    expect([received, told.length]).toEqual([[], 1]);
    expect(told.join()).not.toContain('hunter2');
  });

  test('since the secret that sealed its URL is gone is tried again, for that may be put back', async () => {
    const { port, received } = await callerThat(answering(204));
    const other = createSealer(['another-secret-of-32-characters-xx'], randomBytes);

    for (const sealer of [undefined, other]) {
      await deliver(port, 0, { sealer });
    }
    expect([received, callbackQueue.messages.length]).toEqual([[], 2]);

    await deliver(port, 1);
    expect(received).toHaveLength(1);
  });
});
