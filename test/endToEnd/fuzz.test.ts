import { Agent, request as send } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, startApp } from './app.ts';
import { atOnce, createGroup, resourceId, subscriptionId } from './groups.ts';
import { type Json, junk, oneOf, randomOf, spoiled } from './spoiled.ts';

const requests = 10_000;
const atATime = 8;

/** The same requests in every run; a failure names its own by number. */
const seed = 20_261_121;

type Skeleton = { method: string; path: string; query?: string; body?: Json };

/** A valid request of every route, for a resource group that tells the request from all others. */
function skeletons(resourceGroup: string): Skeleton[] {
  const group = `/api/azure/containers/${subscriptionId}/${resourceGroup}/one`;
  const named = { subscriptionId, resourceGroup, containerName: 'one' };
  const container = {
    name: 'main',
    properties: {
      image: 'any',
      environmentVariables: [{ name: 'A', value: '1' }],
      resources: { requests: { cpu: 1, memoryInGB: 1 } },
      ports: [{ port: 80 }],
      volumeMounts: [{ name: 'scratch', mountPath: '/x' }],
    },
  };
  const create = {
    subscriptionId,
    rgName: resourceGroup,
    cnName: 'one',
    image: 'any',
    restartPolicy: 'Never',
    env: { A: 1 },
    secureEnv: { B: 's' },
    tags: { a: 'b' },
    ports: [{ port: 80, protocol: 'TCP' }],
    volumes: [{ name: 'scratch', emptyDir: {} }],
    volumeMounts: [{ name: 'scratch', mountPath: '/x' }],
    livenessProbe: { httpGet: { path: '/', port: 80 } },
  };
  const run = {
    env: { A: 1, B: { c: [] } },
    secureEnv: { C: 's' },
    containers: { main: { env: {} } },
    mode: 'recreate',
    timeoutSeconds: 60,
    startWithinSeconds: 60,
    maxRetries: 1,
    ifRunning: 'replace',
    tags: { a: 'b' },
    dryRun: false,
  };
  const aRun = `${group}/runs/019a0000-0000-7000-8000-000000000000`;
  return [
    {
      method: 'GET',
      path: '/api/azure/containers',
      query: `subscriptionId=${subscriptionId}&resourceGroup=${resourceGroup}&status=Running&top=2&skipToken=`,
    },
    { method: 'POST', path: '/api/azure/containers', body: create },
    {
      method: 'POST',
      path: '/api/azure/containers',
      body: {
        ...create,
        image: undefined,
        env: undefined,
        secureEnv: undefined,
        volumeMounts: undefined,
        livenessProbe: undefined,
        containers: [{ name: 'a', image: 'any', cpu: 1, memory: 1 }],
      },
    },
    { method: 'DELETE', path: '/api/azure/containers', body: named },
    { method: 'POST', path: '/api/azure/containers/restart', body: named },
    { method: 'GET', path: group },
    {
      method: 'PUT',
      path: group,
      query: 'force=true',
      body: {
        location: 'westeurope',
        tags: {},
        properties: {
          osType: 'Linux',
          restartPolicy: 'Never',
          containers: [container],
          volumes: [{ name: 'scratch', emptyDir: {} }],
          ipAddress: { type: 'Public', ports: [{ port: 80 }] },
        },
      },
    },
    { method: 'PATCH', path: group, body: { tags: { a: 'b', c: null } } },
    { method: 'DELETE', path: group, query: 'force=false' },
    ...['start', 'stop', 'restart'].map((verb) => ({
      method: 'POST',
      path: `${group}/${verb}`,
      query: 'force=false',
    })),
    { method: 'GET', path: `${group}/logs`, query: 'container=main&tail=5&timestamps=true' },
    { method: 'GET', path: `${group}/metrics`, query: 'timespan=PT1H&interval=PT5M' },
    { method: 'POST', path: `${group}/runs`, body: run },
    { method: 'GET', path: `${group}/runs`, query: 'top=2&skipToken=' },
    { method: 'GET', path: aRun },
    { method: 'GET', path: `${aRun}/logs`, query: 'container=main&tail=5&timestamps=true&task=0' },
    { method: 'POST', path: `${aRun}/cancel` },
    { method: 'POST', path: `${aRun}/rerun`, body: { secureEnv: { C: 's' }, containers: { main: {} } } },
    { method: 'GET', path: '/api/results/ticket' },
    { method: 'GET', path: '/api/jobs/dated/runs', query: 'top=2&skipToken=' },
    { method: 'GET', path: '/api/jobs' },
    { method: 'GET', path: '/api/jobs/dated' },
    { method: 'POST', path: '/api/jobs/dated/runs', body: { env: { DATE: '2026-01-01' }, dryRun: true } },
    { method: 'POST', path: '/api/jobs/dated/trigger', body: { DATE: 'x' } },
    { method: 'GET', path: '/api/health' },
  ];
}

type Sent = { number: number; said: string; status: number; code: string | undefined };

let emulator: Emulator;
let app: App;
const armLog: string[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: atATime });

beforeAll(async () => {
  emulator = await startEmulator({
    timings: { ...atOnce, scriptedRunMs: 60_000 },
    limits: noLimits,
    log: (line) => armLog.push(line),
  });
  await createGroup(emulator, 'dated', { command: ['node', '-e', ''] });
  app = await startApp({
    arm: emulator,
    settings: { GROUP_RUN_ALLOW: 'command,image,resources' },
    jobs: {
      dated: {
        containerGroup: resourceId('dated'),
        env: {
          type: 'object',
          properties: { DATE: { type: 'string', format: 'date' } },
          required: ['DATE'],
          additionalProperties: false,
        },
      },
    },
  });
});
afterAll(async () => {
  agent.destroy();
  await app?.close();
  await emulator?.close();
});

function one(number: number): Promise<Sent> {
  const random = randomOf(seed + number);
  const resourceGroup = `rg-${number}`;
  const skeleton = oneOf(random, skeletons(resourceGroup));
  let { body, path, query = '' } = skeleton;
  let raw: string | undefined;
  const spoil = random();
  if (body !== undefined && spoil < 0.75) {
    body = spoiled(random, body);
    raw = JSON.stringify(body);
    if (random() < 0.05) {
      raw = raw.slice(0, Math.floor(random() * raw.length));
    }
  } else if (spoil < 0.85) {
    const segments = path.split('/');
    segments[3 + Math.floor(random() * (segments.length - 3))] = encodeURIComponent(
      JSON.stringify(oneOf(random, junk)),
    ).slice(0, 3_000);
    path = segments.join('/');
  } else if (query !== '') {
    query = query.replace(/=[^&]*/g, (value) =>
      random() < 0.5 ? `=${encodeURIComponent(JSON.stringify(oneOf(random, junk))).slice(0, 500)}` : value,
    );
  }
  raw ??= body === undefined ? undefined : JSON.stringify(body);
  const said = `#${number} ${skeleton.method} ${path}?${query} ${raw ?? ''}`.slice(0, 500);
  return new Promise((resolve, reject) => {
    const headers =
      raw === undefined
        ? {}
        : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(raw) };
    const sent = send(
      `${app.url}${path}${query && '?'}${query}`,
      { method: skeleton.method, agent, headers },
      (answer) => {
        answer.resume().once('end', () =>
          resolve({
            number,
            said,
            status: answer.statusCode ?? 0,
            code: answer.headers['x-ms-error-code']?.toString(),
          }),
        );
      },
    );
    sent.setTimeout(20_000, () => sent.destroy(new Error(`no answer to ${said}`)));
    sent.once('error', (cause) => reject(new Error(`${said}: ${cause.message}`, { cause })));
    sent.end(raw);
  });
}

test(`${requests} spoiled requests: none is the app's fault, and no refused one has written anything`, {
  timeout: 240_000,
}, async () => {
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

  const refusals = [
    'InvalidRequest',
    'InvalidJson',
    'RequestBodyTooLarge',
    'UnsupportedMediaType',
    'JobNotFound',
    'RunInProgress',
  ];
  const refused = new Set(
    answered.filter(({ code }) => refusals.includes(code ?? '')).map(({ number }) => number),
  );
  const writers = armLog
    .filter((line) => /^(?:PUT|PATCH|POST|DELETE) /.test(line))
    .map((line) => Number(/\/rg-(\d+)\//i.exec(line)?.[1]));
  expect(writers.filter((number) => refused.has(number))).toEqual([]);
  // Unless many are refused and many are not, this would show little.
  expect(refused.size).toBeGreaterThan(requests / 3);
  expect(writers.length).toBeGreaterThan(requests / 50);
  expect(answered.filter(({ status }) => status < 300).length).toBeGreaterThan(requests / 30);
});
