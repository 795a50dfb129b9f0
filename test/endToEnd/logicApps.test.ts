import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { createTickets } from '../../src/runs/tickets.ts';
import { freshStorage } from '../storage.ts';
import { atOnce, createGroup, printEnv, resourceId, subscriptionId } from './groups.ts';
import { type ActionContext, doHttpAction, type HttpAction } from './httpAction.ts';
import { createMortalHost, type MortalHost } from './mortalHost.ts';

/** Where Logic Apps know the app to be. Only a URL of this origin gets through to it. */
const publicUrl = 'https://func-jobs-dev.azurewebsites.net';
const launcherSecret = 'a-launcher-secret-of-the-tests-0123456789';

/** As a designer writes it, but for the job and its key. */
const action = {
  type: 'Http',
  inputs: {
    method: 'POST',
    uri: `${publicUrl}/api/jobs/@{job}/trigger`,
    headers: { 'Idempotency-Key': '"@{workflow().run.name}"', 'x-functions-key': "@parameters('key')" },
    body: { day: "@{utcNow('yyyy-MM-dd')}" },
    authentication: {
      type: 'ManagedServiceIdentity',
      audience: 'api://33333333-4444-4555-8666-777777777777',
    },
    retryPolicy: { type: 'exponential', count: 4, interval: 'PT7S' },
  },
} satisfies HttpAction;

/** Runs until the file GATE is there. */
const waitForGate = [
  'node',
  '-e',
  'const gate = setInterval(() => require("fs").existsSync(process.env.GATE) && clearInterval(gate), 20)',
];

/** What stands for the action's waits, which are of seconds. */
const aWhile = () => pause(250);

let folder: string;
let emulator: Emulator;
let host: MortalHost;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gates-'));
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const commands: Record<string, string[]> = {
    nightly: printEnv,
    failing: ['node', '-e', 'process.exit(3)'],
    canceled: ['node', '-e', 'setInterval(() => {}, 1000)'],
    queued: waitForGate,
    retried: printEnv,
    faulty: printEnv,
    resent: printEnv,
    signed: printEnv,
    expired: waitForGate,
    unwaited: printEnv,
    restarted: waitForGate,
  };
  await Promise.all(
    Object.entries(commands).map(([name, command]) =>
      createGroup(emulator, name, {
        command,
        environmentVariables: [{ name: 'GATE', value: join(folder, name) }],
      }),
    ),
  );
  host = await createMortalHost(
    {
      ARM_ENDPOINT: emulator.armEndpoint,
      IDENTITY_ENDPOINT: emulator.identityEndpoint,
      IDENTITY_HEADER: emulator.identityHeader,
      AzureWebJobsStorage: freshStorage(),
      LAUNCHER_SECRET: launcherSecret,
      PUBLIC_URL: publicUrl,
    },
    {
      enableAuth: true,
      jobs: Object.fromEntries(
        Object.keys(commands).map((name) => [
          name,
          { containerGroup: resourceId(name), ...(name === 'queued' && { ifRunning: 'queue' }) },
        ]),
      ),
    },
  );
  await host.start();
});
afterAll(async () => {
  await host?.close();
  await emulator?.close();
  await rm(folder, { recursive: true });
});

const reach: ActionContext['send'] = (url, init) => {
  expect(url.slice(0, publicUrl.length + 1)).toBe(`${publicUrl}/`);
  return fetch(url.replace(publicUrl, `${host.url()}`), init);
};

type CallOptions = Partial<ActionContext> & { runName?: string; changed?: Partial<HttpAction> };

/** Does the action for a job, whose group has the job's name; what it is to wait for comes soon. */
function call(job: string, { runName = `08584${job}CU00`, changed = {}, ...context }: CallOptions = {}) {
  const expressions = {
    job,
    'workflow().run.name': runName,
    "utcNow('yyyy-MM-dd')": '2026-11-21',
    "parameters('key')": host.keys()[`trigger-job-${job}`] ?? '',
  };
  return doHttpAction({ ...action, ...changed }, { expressions, send: reach, wait: aWhile, ...context });
}

/** Sends, and tells of each answer's body. */
function telling(tell: (body: Answered) => unknown): ActionContext['send'] {
  return async (url, init) => {
    const answer = await reach(url, init);
    await tell((await answer.clone().json()) as Answered);
    return answer;
  };
}

/** Sends, but the first answers to this method get lost: these come instead. */
function losing(method: string, statuses: number[]): ActionContext['send'] {
  const left = [...statuses];
  return async (url, init) => {
    const answer = await reach(url, init);
    const status = init.method === method ? left.shift() : undefined;
    return status === undefined ? answer : new Response(null, { status });
  };
}

/** Sends, but Location is another ticket than the app's. */
function withTicket(ticketOf: (ticket: string, id: string) => string): ActionContext['send'] {
  return async (url, init) => {
    const answer = await reach(url, init);
    const location = answer.headers.get('location');
    if (init.method !== 'POST' || location === null) {
      return answer;
    }
    const [, before = '', ticket = ''] = /^(.*\/results\/)(.*)$/.exec(location) ?? [];
    const body = await answer.text();
    const headers = { ...Object.fromEntries(answer.headers), location: '' };
    headers.location = before + ticketOf(ticket, (JSON.parse(body) as Answered).id);
    return new Response(body, { status: answer.status, headers });
  };
}

type Answered = { id: string; reason: string; links: { cancel: string } };

const ticketFor = (name: string, runId: string, expiresAt: number) =>
  createTickets([launcherSecret]).issue({
    containerGroup: { subscriptionId, resourceGroup: 'jobs', name },
    runId,
    expiresAt,
  });

const launches = (name: string) =>
  emulator.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith(`/${name}`)).length - 1;

const methods = (sent: { method: string }[]) => sent.map(({ method }) => method);

// They wait for the app's own intervals, so they wait together.
describe.concurrent('an HTTP action', { timeout: 60_000 }, () => {
  test('polls Location without a key until the run is over, and its output is the run', async () => {
    const { status, outputs, sent, waited } = await call('nightly');

    expect([status, outputs.statusCode]).toEqual(['Succeeded', 200]);
    expect(outputs.body).toMatchObject({
      status: 'Succeeded',
      job: 'nightly',
      env: [{ name: 'day', value: '2026-11-21' }],
      containers: [{ name: 'main', exitCode: 0 }],
    });
    const [launch, ...polls] = sent;
    expect(launch?.url).toBe(`${publicUrl}/api/jobs/nightly/trigger`);
    expect(polls.length).toBeGreaterThan(0);
    for (const { method, url, headers } of polls) {
      expect([method, headers]).toEqual(['GET', {}]);
      expect(url).toMatch(new RegExp(`^${publicUrl}/api/results/[\\w-]+$`));
    }
    expect(new Set(waited)).toEqual(new Set([5]));
    expect(launches('nightly')).toBe(1);
  });

  test('may send its key to Location, too', async () => {
    const { outputs, sent } = await call('resent', { resendsHeaders: true });

    expect(sent[1]?.headers).toHaveProperty('x-functions-key');
    expect([outputs.statusCode, outputs.body.status]).toEqual([200, 'Succeeded']);
  });

  test('succeeds also when the run fails: its output says so, and with which exit code', async () => {
    const { status, outputs } = await call('failing');

    expect([status, outputs.statusCode]).toEqual(['Succeeded', 200]);
    expect(outputs.body).toMatchObject({
      status: 'Failed',
      reason: 'NonZeroExit',
      containers: [{ exitCode: 3 }],
    });
  });

  test('hears of a run that somebody cancels', async () => {
    let canceled: Promise<Response> | undefined;
    const headers = { 'x-functions-key': host.masterKey() };
    const { status, outputs } = await call('canceled', {
      send: telling(({ links }) => {
        canceled ??= reach(links.cancel, { method: 'POST', headers });
      }),
    });

    expect((await canceled)?.status).toBe(202);
    expect([status, outputs.statusCode, outputs.body.status]).toEqual(['Succeeded', 200, 'Canceled']);
  });

  test('waits for a run that waits for another', async () => {
    const launched = Promise.withResolvers<void>();
    const first = call('queued', { send: telling(() => launched.resolve()) });
    await launched.promise;
    const reasons: string[] = [];
    const second = await call('queued', {
      runName: 'another',
      send: telling(async ({ reason }) => {
        reasons.push(reason);
        await writeFile(join(folder, 'queued'), '');
      }),
    });

    expect(reasons[0]).toBe('Queued');
    expect(second.outputs.body.status).toBe('Succeeded');
    expect((await first).outputs.body.status).toBe('Succeeded');
    expect(second.outputs.body.id).not.toBe((await first).outputs.body.id);
  });

  test('that does not hear the answer comes again with its key, and finds the same run', async () => {
    const { outputs, sent, waited } = await call('retried', { send: losing('POST', [408, 429, 500, 503]) });

    expect([outputs.statusCode, outputs.body.status]).toEqual([200, 'Succeeded']);
    expect(methods(sent).slice(0, 6)).toEqual(['POST', 'POST', 'POST', 'POST', 'POST', 'GET']);
    expect(waited.slice(0, 4)).toEqual([7, 14, 28, 56]);
    expect(launches('retried')).toBe(1);
  });

  test('comes again to Location, too', async () => {
    const { outputs, sent } = await call('faulty', { send: losing('GET', [408, 429, 500, 503]) });

    expect([outputs.statusCode, outputs.body.status]).toEqual([200, 'Succeeded']);
    expect(methods(sent).slice(0, 6)).toEqual(['POST', 'GET', 'GET', 'GET', 'GET', 'GET']);
    expect(launches('faulty')).toBe(1);
  });

  test('that does not follow takes 202 for the end', async () => {
    const { status, outputs, sent } = await call('unwaited', {
      changed: { operationOptions: 'DisableAsyncPattern' },
    });

    expect([status, outputs.statusCode, methods(sent)]).toEqual(['Succeeded', 202, ['POST']]);
    expect(outputs.body.status).toBe('NotStarted');
  });

  test.each<[string, Parameters<typeof withTicket>[0]]>([
    ['has expired', (_, id) => ticketFor('expired', id, Date.now() - 1_000)],
    ['was tampered with', (ticket) => `other${ticket}`],
    ['is of another secret', (ticket) => ticket.replace(/.{43}$/, 'A'.repeat(43))],
  ])('ends with 404 where its ticket %s', async (_, ticketOf) => {
    const { status, outputs, sent } = await call('expired', {
      send: withTicket(ticketOf),
      runName: '08584000CU00',
    });

    expect([status, outputs.statusCode, methods(sent)]).toEqual(['Failed', 404, ['POST', 'GET']]);
    expect(outputs.body.error.code).toBe('ResultNotFound');
  });

  test('takes any ticket that the app’s secret has signed', async () => {
    const { outputs } = await call('signed', {
      send: withTicket((_, id) => ticketFor('signed', id, Date.now() + 60_000)),
    });

    expect([outputs.statusCode, outputs.body.status]).toEqual([200, 'Succeeded']);
  });
});

test('an HTTP action notices nothing of an app that is killed and started again', {
  timeout: 90_000,
}, async () => {
  let lives = 1;
  const { status, outputs, sent } = await call('restarted', {
    async wait() {
      if (lives === 1) {
        lives = 2;
        await host.kill();
        await host.start();
        await writeFile(join(folder, 'restarted'), '');
      }
      await aWhile();
    },
  });

  expect(lives).toBe(2);
  expect([status, outputs.statusCode, outputs.body.status]).toEqual(['Succeeded', 200, 'Succeeded']);
  expect(methods(sent).filter((method) => method === 'POST')).toHaveLength(1);
  expect(launches('restarted')).toBe(1);
});
