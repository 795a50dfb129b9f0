import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { patiently } from '../until.ts';
import { type App, post, startApp } from './app.ts';
import { ended, followed, patienceSeconds } from './ended.ts';
import { atOnce, createGroup, groupPath, printEnv, resourceId } from './groups.ts';

const callbackSecret = 'a secret for the callbacks';
/** Whoever asked for a run and wants to be called back. */
const calledBack: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
const receiver = createServer(async (request, response) => {
  calledBack.push({ url: request.url, headers: request.headers, body: await text(request) });
  response.writeHead(204).end();
});
let receiverHost: string;
let emulator: Emulator;
let app: App;

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  receiverHost = `localhost:${(receiver.address() as AddressInfo).port}`;
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const environmentVariables = [{ name: 'NAME', value: 'nobody' }];
  await Promise.all([
    ...['waited', 'queued', 'secret', 'copied', 'called', 'keyed'].map((name) =>
      createGroup(emulator, name, { command: printEnv, environmentVariables }),
    ),
    createGroup(emulator, 'endless', { command: ['node', '-e', 'setInterval(() => {}, 1000)'] }),
  ]);
  app = await startApp({
    arm: emulator,
    settings: { CALLBACK_HOSTS: receiverHost, CALLBACK_SECRET: callbackSecret },
    jobs: {
      called: {
        containerGroup: resourceId('called'),
        allow: ['env', 'callbackUrl'],
        callbackSecret: 'setting:CALLBACK_SECRET',
      },
    },
  });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
  receiver.closeAllConnections();
  receiver.close();
});

type RunAnswer = {
  id: string;
  status: string;
  reason: string;
  tasks?: { containerGroup: string; status: string }[];
  links: { self: string; logs: string; cancel: string; rerun: string; result: string };
};

const launch = async (name: string, body: object = {}, headers: Record<string, string> = {}) => {
  const answer = await post(`${app.url}${groupPath(name)}/runs`, body, headers);
  return { status: answer.status, headers: answer.headers, run: (await answer.json()) as RunAnswer };
};
const over = (run: RunAnswer) => ended<RunAnswer>(run.links.self);
const logsOf = async (url: string) => (await (await fetch(url)).text()).split('\n');

// They wait for the app's own intervals, so they wait together.
describe.concurrent('a run', { timeout: 60_000 }, () => {
  test('is waited for by who prefers that: one call, and its end is the answer', async () => {
    const { status, headers, run } = await launch('waited', { env: { NAME: 'Ada' } }, { prefer: 'wait=30' });

    expect([status, run.status, headers.get('preference-applied')]).toEqual([200, 'Succeeded', 'wait=30']);
  });

  test('is the same one when its caller asks twice', async () => {
    const headers = { 'idempotency-key': '"an order"' };
    expect((await launch('keyed', {}, headers)).status).toBe(400);
    const key = { 'idempotency-key': '"order-1"' };
    const [one, other] = await Promise.all([launch('keyed', {}, key), launch('keyed', {}, key)]);

    expect(one.run.id).toBe(other.run.id);
    expect([one, other].filter(({ headers: each }) => each.has('idempotent-replayed'))).toHaveLength(1);
    expect(
      emulator.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/keyed')),
    ).toHaveLength(2); // the group's own, and one launch
  });

  test('waits for its turn, and finds nothing of the one before', async () => {
    const first = await launch('queued', { env: { NAME: 'Ada', ONCE: 'first' } });
    const second = await launch('queued', { env: { OTHER: 'second' }, ifRunning: 'queue' });
    expect(second.run).toMatchObject({ status: 'NotStarted', reason: 'Queued' });

    expect((await over(first.run)).status).toBe('Succeeded');
    expect((await over(second.run)).status).toBe('Succeeded');

    const logs = await logsOf(second.run.links.logs);
    expect(logs).toEqual(expect.arrayContaining(['NAME=nobody', 'OTHER=second']));
    expect(logs.some((line) => line.startsWith('ONCE='))).toBe(false);
    expect(await logsOf(first.run.links.logs)).toEqual(expect.arrayContaining(['NAME=Ada', 'ONCE=first']));
    const list = (await (await fetch(`${app.url}${groupPath('queued')}/runs`)).json()) as {
      value: RunAnswer[];
    };
    expect(list.value.map(({ id }) => id)).toEqual([second.run.id, first.run.id]);
  });

  test('that is canceled stops', async () => {
    const { run } = await launch('endless');
    await followed(run.links.self, ({ status }) => status === 'Running');

    expect((await fetch(run.links.cancel, { method: 'POST' })).status).toBe(202);
    expect(await over(run)).toMatchObject({ status: 'Canceled', reason: 'CanceledByCaller' });
  });

  test('is run again with its secrets sent again', async () => {
    const { run } = await launch('secret', { env: { A: 1 }, secureEnv: { TOKEN: 'one' } });
    await over(run);
    const refused = await post(run.links.rerun, {});
    expect([refused.status, refused.headers.get('x-ms-error-code')]).toEqual([422, 'SecretsRequired']);

    const again = (await (await post(run.links.rerun, { secureEnv: { TOKEN: 'two' } })).json()) as RunAnswer;
    await over(again);
    expect(await logsOf(again.links.logs)).toEqual(expect.arrayContaining(['A=1', 'TOKEN=two']));
  });

  test('in mode clone leaves the group alone, and each copy knows which it is', async () => {
    const { run } = await launch('copied', { mode: 'clone', tasks: 2, env: { NAME: 'copy' }, ttlSeconds: 0 });
    const copies = await over(run);

    expect(copies.tasks?.map(({ status }) => status)).toEqual(['Succeeded', 'Succeeded']);
    expect(await logsOf(`${run.links.logs}?task=1`)).toEqual(
      expect.arrayContaining(['NAME=copy', 'RUN_TASK_INDEX=1', 'RUN_TASK_COUNT=2']),
    );
    expect(
      emulator.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/copied')),
    ).toHaveLength(1);
  });
});

test('who asked for a run is told of its end, with a signature', { timeout: 60_000 }, async () => {
  const answer = await post(`${app.url}/api/jobs/called/runs`, {
    callbackUrl: `http://${receiverHost}/hook?code=hunter2`,
  });
  const run = (await answer.json()) as RunAnswer;
  expect(answer.status).toBe(202);

  await over(run);
  const { url, headers, body } = await patiently(patienceSeconds, () => calledBack[0]);
  expect(url).toBe('/hook?code=hunter2');
  expect(JSON.parse(body)).toMatchObject({
    type: 'aci-job-launcher.run.succeeded',
    data: { id: run.id, status: 'Succeeded', job: 'called' },
  });
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', callbackSecret).update(signed).digest('base64')}`,
  );
  expect(app.output()).not.toContain('hunter2');
});
