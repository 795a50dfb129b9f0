import type { IncomingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import type { RunEvent } from '../../src/runs/events/runEvent.ts';
import { patiently } from '../until.ts';
import { type App, post, startApp } from './app.ts';
import { atOnce, createGroup, resourceId } from './groups.ts';
import { type Listening, receiveCallbacks, recordCalls } from './recordingProxies.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const calls: { method: string; path: string; headers: IncomingHttpHeaders }[] = [];
const callbacks: [headers: IncomingHttpHeaders, body: string][] = [];

let emulator: Emulator;
let arm: Listening & { armEndpoint: string };
let receiver: Listening;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'one', { command: ['node', '-e', 'process.exit(Number(process.env.CODE))'] });
  arm = await recordCalls(emulator.armEndpoint, (call) => void calls.push(call));
  receiver = await receiveCallbacks((received) => void callbacks.push(JSON.parse(received)));
  app = await startApp({
    arm: { ...emulator, armEndpoint: arm.armEndpoint },
    settings: { CALLBACK_HOSTS: `localhost:${receiver.port}` },
    jobs: { one: { containerGroup: resourceId('one'), allow: ['env', 'secureEnv', 'callbackUrl'] } },
  });
});
afterAll(async () => {
  await app?.close();
  await receiver?.close();
  await arm?.close();
  await emulator?.close();
});

/** The events that the host has printed so far. */
const told = () =>
  [...app.output().matchAll(/\{"event":"(?:run|callback)\..*\}/g)].map(
    ([line]) => JSON.parse(line) as RunEvent,
  );

test('each step of a run is told, and its caller’s trace goes through ARM to the callback', {
  timeout: 60_000,
}, async () => {
  const answer = await post(
    `${app.url}/api/jobs/one/runs`,
    {
      env: { CODE: 3 },
      secureEnv: { TOKEN: 'hunter2' },
      callbackUrl: `http://localhost:${receiver.port}/hook/204?code=hunter2`,
    },
    { traceparent },
  );
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };

  await patiently(60, async () => told().some(({ event }) => event === 'callback.delivered'));

  const of = { runId: id, containerGroup: resourceId('one'), job: 'one', mode: 'recreate', traceId };
  expect(told()).toEqual([
    { ...of, event: 'run.created', startedBy: 'POST jobs/one/runs', tasks: 1 },
    { ...of, event: 'run.launched', attempt: 1, waitedSeconds: 0 },
    { ...of, event: 'run.started', attempt: 1, startSeconds: expect.any(Number) },
    {
      ...of,
      event: 'run.failed',
      status: 'Failed',
      reason: 'NonZeroExit',
      code: expect.any(String),
      attempts: 1,
      runSeconds: expect.any(Number),
      totalSeconds: expect.any(Number),
      exitCodes: { main: 3 },
    },
    { ...of, event: 'callback.delivered', tries: 1 },
  ]);
  expect(app.output()).not.toContain('hunter2');

  const ofRun = calls.filter(({ path }) => path.includes('/containerGroups/one'));
  expect(ofRun.length).toBeGreaterThan(2);
  for (const { headers } of ofRun) {
    expect(headers.traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`));
    expect(headers['x-ms-correlation-request-id']).toBe('4bf92f35-77b3-4da6-a3ce-929d0e0e4736');
  }
  expect(callbacks.map(([headers]) => headers['traceparent'])).toEqual([
    expect.stringMatching(new RegExp(`^00-${traceId}-[0-9a-f]{16}-01$`)),
  ]);
});
