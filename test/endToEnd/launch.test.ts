import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { callArm } from '../../local/armRest.ts';
import { type ManualClock, manualClock } from '../local/manualClock.ts';
import { until } from '../until.ts';
import { type App, post, startApp } from './app.ts';
import { ended, followed } from './ended.ts';
import { atOnce, createGroup, groupPath, printEnv, resourceId } from './groups.ts';

let emulator: Emulator;
let app: App;

const groups = ['hello', 'busy', 'plain', 'trigger', 'dry', 'failing'];

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  const container = {
    command: printEnv,
    environmentVariables: [
      { name: 'NAME', value: 'nobody' },
      { name: 'TOKEN', secureValue: 'from-the-group' },
    ],
  };
  await Promise.all([
    ...groups.slice(0, 2).map((name) => createGroup(emulator, name, container)),
    ...groups.slice(2, 5).map((name) => createGroup(emulator, name, { command: printEnv })),
    createGroup(emulator, 'failing', {
      command: ['node', '-e', 'process.exit(Number(process.env.CODE ?? 0))'],
    }),
  ]);
  const secrets = [{ container: 'main', env: 'TOKEN', from: 'setting:TOKEN' }];
  app = await startApp({
    arm: emulator,
    settings: {
      TOKEN: 'from-the-settings',
      GROUP_RUN_ALLOW: 'command',
      HTTP_PROXY: 'http://localhost:1', // nobody is there: what is on this machine needs no proxy
      HTTPS_PROXY: 'http://localhost:1',
    },
    jobs: {
      hello: { containerGroup: resourceId('hello'), secrets },
      trigger: {
        containerGroup: resourceId('trigger'),
        map: [
          { name: 'COMMIT', from: '/after', required: true },
          { name: 'EVENT', from: 'x-github-event', source: 'header' },
        ],
        when: [{ from: '/ref', equals: 'refs/heads/main' }],
      },
    },
  });
});

afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

type RunAnswer = {
  id: string;
  status: string;
  reason: string;
  containers: { exitCode?: number }[];
  links: { self: string; logs: string; cancel: string; rerun: string; result: string };
};

const over = (url: string) => ended<RunAnswer>(url);

const armCalls = async (action: () => Promise<unknown>) => {
  const before = emulator.requests.length;
  await action();
  return emulator.requests.slice(before).map(({ method }) => method);
};

describe('POST JSON, and the container group runs with it', { timeout: 60_000 }, () => {
  test('a job: 202 with the run and where to follow it, then how it ended and what it printed', async () => {
    const answer = await post(`${app.url}/api/jobs/hello/runs`, {
      env: { NAME: 'Ada', PAYLOAD: { a: [1] } },
    });
    const run = (await answer.json()) as RunAnswer;

    expect(answer.status).toBe(202);
    expect(run).toMatchObject({
      status: 'NotStarted',
      reason: 'Launching',
      job: 'hello',
      containerGroup: resourceId('hello'),
      attempt: 1,
      mode: 'recreate',
      env: [
        { container: 'main', name: 'NAME', value: 'Ada' },
        { container: 'main', name: 'PAYLOAD', value: '{"a":[1]}' },
      ],
      warnings: [],
    });
    const self = `${app.url}${groupPath('hello')}/runs/${run.id}`;
    expect(run.links.self).toBe(self);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      location: run.links.result,
      'operation-location': self,
      'retry-after': '5',
      'content-type': expect.stringContaining('application/json'),
    });

    const last = await over(self);
    expect(last).toMatchObject({
      id: run.id,
      status: 'Succeeded',
      reason: 'Completed',
      containers: [{ name: 'main', state: 'Terminated', exitCode: 0, restartCount: 0 }],
    });
    const result = await fetch(run.links.result);
    expect([result.status, await result.json()]).toEqual([200, last]);
    const logs = await (await fetch(last.links.logs)).text();
    expect(logs.split('\n')).toEqual(
      expect.arrayContaining([
        'NAME=Ada',
        'PAYLOAD={"a":[1]}',
        'TOKEN=from-the-settings',
        `RUN_ID=${run.id}`,
        'RUN_ATTEMPT=1',
      ]),
    );
  });

  test('a group that no job names, with what GROUP_RUN_ALLOW lets an operator change', async () => {
    const answer = await post(`${app.url}${groupPath('plain')}/runs`, {
      secureEnv: { KEY: 's3cret' },
      containers: { main: { command: ['node', '-p', '"key: " + process.env.KEY.length'] } },
    });

    expect(answer.status).toBe(202);
    const run = (await answer.json()) as RunAnswer;
    expect(JSON.stringify(run)).not.toContain('s3cret');
    expect((await over(run.links.self)).status).toBe('Succeeded');
    expect(await (await fetch(run.links.logs)).text()).toBe('key: 6\n');
    const shown = await (await fetch(`${app.url}${groupPath('plain')}`)).text();
    expect(shown).not.toContain('s3cret');
    expect(JSON.parse(shown)).toMatchObject({
      state: 'Succeeded',
      run: { id: run.id, status: 'Succeeded' },
      containers: [
        {
          name: 'main',
          state: 'Terminated',
          exitCode: 0,
          environmentVariables: expect.arrayContaining([{ name: 'KEY', secureValue: '(secure)' }]),
        },
      ],
    });
  });

  test('a trigger, whose payload the job’s map turns into variables', async () => {
    const url = `${app.url}/api/jobs/trigger/trigger`;
    const ignored = await post(url, { ref: 'refs/heads/topic', after: 'abc' });
    expect([ignored.status, ((await ignored.json()) as { status: string }).status]).toEqual([200, 'Ignored']);

    const answer = await post(url, { ref: 'refs/heads/main', after: 'abc' }, { 'x-github-event': 'push' });
    const run = (await answer.json()) as RunAnswer;
    expect(answer.status).toBe(202);
    expect((await over(run.links.self)).status).toBe('Succeeded');
    const logs = (await (await fetch(run.links.logs)).text()).split('\n');
    expect(logs).toEqual(expect.arrayContaining(['COMMIT=abc', 'EVENT=push']));
  });

  test('a run that fails says so, with its exit code', async () => {
    const answer = await post(`${app.url}${groupPath('failing')}/runs`, { env: { CODE: 3 } });
    const run = (await answer.json()) as RunAnswer;

    expect(await over(run.links.self)).toMatchObject({
      status: 'Failed',
      reason: 'NonZeroExit',
      error: { code: 'NonZeroExit', message: expect.stringContaining('exit code 3') },
      containers: [{ exitCode: 3 }],
    });
  });

  test('a chunked body and an empty one are taken', async () => {
    const chunked = new ReadableStream({
      start(controller) {
        for (const part of ['{"env": {"NAME": ', '"Grace"}, "dryRun": true}']) {
          controller.enqueue(new TextEncoder().encode(part));
        }
        controller.close();
      },
    });
    const url = `${app.url}${groupPath('dry')}/runs`;
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: chunked,
      duplex: 'half',
    };
    const answer = await fetch(url, init as RequestInit);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ changes: [{ after: 'Grace' }] });
    expect((await fetch(`${app.url}${groupPath('nowhere')}/runs`, { method: 'POST' })).status).toBe(404);
  });
});

describe('a launch', { timeout: 60_000 }, () => {
  test('is two ARM calls, a GET and a PUT; a dry run is one, and tells what it would change', async () => {
    const url = `${app.url}${groupPath('dry')}/runs`;
    const calls = await armCalls(async () => {
      const answer = await post(url, { env: { NAME: 'Ada' }, secureEnv: { KEY: 's3cret' }, dryRun: true });
      expect(await answer.json()).toEqual({
        dryRun: true,
        containerGroup: resourceId('dry'),
        changes: [
          { property: "containers['main'].environmentVariables['NAME']", action: 'set', after: 'Ada' },
          { property: "containers['main'].environmentVariables['KEY']", action: 'set', after: '(secure)' },
        ],
        warnings: [],
      });
    });
    expect(calls).toEqual(['GET']);

    expect(await armCalls(() => post(url, { env: { NAME: 'Ada' } }))).toEqual(['GET', 'PUT']);
  });

  test('leaves everything else in the group as it was', async () => {
    const unchanged = (group: unknown) => {
      const { properties, ...rest } = group as {
        properties: Record<string, unknown> & { containers: { properties: object }[] };
      };
      const { instanceView: _, ...others } = properties;
      const containers = properties.containers.map(({ properties: each }) => ({
        ...each,
        instanceView: undefined,
        environmentVariables: undefined,
      }));
      return { ...rest, properties: { ...others, containers } };
    };
    const before = await callArm(emulator, 'GET', resourceId('hello'));
    const answer = await post(`${app.url}/api/jobs/hello/runs`, { env: { NAME: 'Grace' } });
    await over(((await answer.json()) as RunAnswer).links.self);
    const after = await callArm(emulator, 'GET', resourceId('hello'));

    expect(unchanged(after)).toEqual(unchanged(before));
  });
});

describe('while Azure is busy', { timeout: 120_000 }, () => {
  let clock: ManualClock;
  let slow: Emulator;
  let slowApp: App;

  beforeAll(async () => {
    clock = manualClock(Date.now());
    slow = await startEmulator({ clock, limits: noLimits });
    await callArm(slow, 'PUT', resourceId('slow'), {
      location: 'westeurope',
      properties: {
        osType: 'Linux',
        restartPolicy: 'Never',
        containers: [
          {
            name: 'main',
            properties: {
              image: 'image',
              command: ['node', '-e', 'setInterval(() => {}, 1000)'],
              resources: { requests: { cpu: 1, memoryInGB: 1 } },
            },
          },
        ],
      },
    });
    slowApp = await startApp({ arm: slow });
  });
  afterAll(async () => {
    await slowApp?.close();
    const closing = slow?.close();
    await clock?.advance(60_000);
    await closing;
  });

  const provisioned = async () => {
    await until(async () => {
      await clock.advance(1_000);
      const { properties } = (await callArm(slow, 'GET', resourceId('slow'))) as {
        properties: { provisioningState: string };
      };
      return properties.provisioningState === 'Succeeded';
    });
  };

  test('the answer waits for nothing: it comes while time stands still, and a run waits for a busy group', async () => {
    const url = `${slowApp.url}${groupPath('slow')}/runs`;
    const early = await post(url, { env: { TURN: 1 } });
    expect(early.status).toBe(202);
    const run = (await early.json()) as RunAnswer & { warnings: string[] };
    expect(run).toMatchObject({ status: 'NotStarted', reason: 'GroupBusy' });
    expect(run.warnings).toEqual([expect.stringContaining('no run started')]);

    await provisioned();
    const reached = (word: string) =>
      followed<RunAnswer>(run.links.self, ({ status, reason }) => status === word || reason === word);
    await reached('Launching');
    await provisioned();
    await reached('Running');

    const second = await post(url, { env: { TURN: 2 } });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({
      error: {
        code: 'RunInProgress',
        message: expect.stringContaining(run.id),
        details: [{ target: run.id }],
      },
    });

    const replacing = await post(url, { env: { TURN: 3 }, ifRunning: 'replace' });
    expect([replacing.status, await replacing.json()]).toEqual([
      202,
      expect.objectContaining({ status: 'NotStarted', reason: 'Queued' }),
    ]);
    const passing = setInterval(() => void clock.advance(1_000), 100);
    try {
      await reached('Superseded');
    } finally {
      clearInterval(passing);
    }
  });
});
