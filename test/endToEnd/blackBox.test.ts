import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stack, startStack } from '../../local/stack.ts';
import { until } from '../until.ts';

/**
 * The app as a caller sees it, by HTTP alone, so that it can run against any host: with BASE_URL it starts nothing and calls that, with
 * the key in FUNCTIONS_KEY where the host asks for one. Behind the app must be the emulator with the sample group, as
 * `npm start -- --no-host` brings it.
 */
const givenUrl = process.env['BASE_URL'] || undefined;
const key = process.env['FUNCTIONS_KEY'];

let stack: Stack | undefined;
let url: string;

beforeAll(async () => {
  stack = givenUrl === undefined ? await startStack({ port: 0 }) : undefined;
  url = `${(givenUrl ?? stack?.hostUrl ?? '').replace(/\/$/, '')}/api`;
});
afterAll(async () => {
  await stack?.close();
});

type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> };

async function call(method: string, path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
    method,
    headers: {
      ...(key && { 'x-functions-key': key }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : {} };
}

/** A subscription that no other run of this suite has touched. */
const subscriptionId = randomUUID();
const named = (cnName: string) => ({ subscriptionId, rgName: 'suite', cnName });
const pathOf = (name: string) => `/azure/containers/${subscriptionId}/suite/${name}`;

/** The group once Azure works on it no more. */
const settled = (name: string, state?: string) =>
  until(async () => {
    const { body } = await call('GET', pathOf(name));
    return (
      body['provisioningState'] === 'Succeeded' && (state === undefined || body['state'] === state) && body
    );
  });

/** The run once it is over, which the app sees within some looks. */
async function over(url: string): Promise<Record<string, unknown>> {
  for (let looks = 0; looks < 9; looks += 1) {
    const { body } = await call('GET', url);
    if (!['NotStarted', 'Running'].includes(String(body['status']))) {
      return body;
    }
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
  throw new Error(`The run did not end: ${url}`);
}

const forever = ['node', '-e', 'console.log("up"); setInterval(() => {}, 1000)'];

test('the app is healthy, and tells what jobs it has', async () => {
  expect((await call('GET', '/health')).body).toEqual({
    status: 'Healthy',
    dependencies: { arm: { status: 'Healthy' }, storage: { status: 'Healthy' } },
  });
  expect((await call('GET', '/jobs')).body).toMatchObject({ value: [{ name: 'hello' }] });
  expect((await call('GET', '/jobs/hello')).body).toMatchObject({
    name: 'hello',
    contract: { properties: { env: { additionalProperties: false } } },
  });
});

test('the job runs with what was posted', { timeout: 60_000 }, async () => {
  const launched = await call('POST', '/jobs/hello/runs', { env: { NAME: 'Ada' }, ifRunning: 'replace' });
  expect(launched.status).toBe(202);
  const run = await over(launched.headers.get('operation-location') ?? '');

  expect(run).toMatchObject({ id: launched.body['id'], status: 'Succeeded', containers: [{ exitCode: 0 }] });
  const { logs } = run['links'] as { logs: string };
  expect((await call('GET', logs)).text).toContain('Hello, Ada!');
});

describe('a container group', { timeout: 60_000 }, () => {
  test('is created, shown, listed, tagged, operated, replaced and deleted', async () => {
    const created = await call('POST', '/azure/containers', {
      ...named('life'),
      image: 'docker.io/library/node:24',
      command: forever,
      env: { PLAIN: 'seen' },
      secureEnv: { SECRET: 'canary' },
      tags: { owner: 'suite', costCentre: '1' },
    });
    expect([created.status, created.body]).toEqual([
      201,
      {
        message: "Container group 'life' is being created.",
        containerId: `/subscriptions/${subscriptionId}/resourceGroups/suite/providers/Microsoft.ContainerInstance/containerGroups/life`,
        provisioningState: 'Pending',
      },
    ]);
    expect(created.headers.get('location')).toBe(`${url}${pathOf('life')}`);
    expect(
      (await call('POST', '/azure/containers', { ...named('life'), image: 'other' })).body,
    ).toMatchObject({
      error: { code: 'ContainerGroupAlreadyExists' },
    });

    const shown = await settled('life', 'Running');
    expect(shown).toMatchObject({
      name: 'life',
      resourceGroup: 'suite',
      location: 'westeurope',
      restartPolicy: 'Always',
      ipAddress: { type: 'Public', ports: [{ port: 80 }] },
      containers: [
        {
          name: 'life',
          state: 'Running',
          restartCount: 0,
          resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
          environmentVariables: [
            { name: 'PLAIN', value: 'seen' },
            { name: 'SECRET', secureValue: '(secure)' },
          ],
        },
      ],
    });
    const [container] = shown['containers'] as { events: { name: string }[] }[];
    expect(container?.events.map(({ name }) => name)).toEqual(['Pulling', 'Pulled', 'Created', 'Started']);
    // A container prints some time after it was started.
    const logs = await until(
      async () => (await call('GET', `${pathOf('life')}/logs?timestamps=true`)).text || undefined,
    );
    expect(logs).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z up\n$/);

    expect((await call('GET', `/azure/containers?subscriptionId=${subscriptionId}`)).body).toMatchObject({
      value: [
        {
          name: 'life',
          status: 'Running',
          image: 'docker.io/library/node:24',
          resourceGroup: 'suite',
          subscriptionId,
        },
      ],
    });

    expect(
      (await call('PATCH', pathOf('life'), { tags: { costCentre: null, stage: 'test' } })).body,
    ).toMatchObject({
      tags: { owner: 'suite', stage: 'test' },
    });

    expect((await call('POST', `${pathOf('life')}/stop`)).status).toBe(202);
    expect(await settled('life', 'Stopped')).toMatchObject({ containers: [{ state: 'Terminated' }] });
    expect((await call('POST', `${pathOf('life')}/start`)).status).toBe(202);
    await settled('life', 'Running');
    expect((await call('POST', `${pathOf('life')}/restart`)).status).toBe(202);
    await settled('life', 'Running');
    const byBody = { subscriptionId, resourceGroup: 'suite', containerName: 'life' };
    expect((await call('POST', '/azure/containers/restart', byBody)).body).toMatchObject({
      message: "Container group 'life' is being restarted.",
    });
    await settled('life', 'Running');

    const replaced = await call('PUT', pathOf('life'), {
      location: 'westeurope',
      properties: {
        osType: 'Linux',
        containers: [
          {
            name: 'life',
            properties: {
              image: 'other',
              command: forever,
              resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
            },
          },
        ],
      },
    });
    expect([replaced.status, replaced.body['message']]).toEqual([
      200,
      "Container group 'life' is being replaced.",
    ]);
    expect(await settled('life', 'Running')).toMatchObject({ containers: [{ image: 'other' }] });

    expect((await call('DELETE', '/azure/containers', byBody)).body).toEqual({
      message: "Container group 'life' is deleted.",
    });
    const gone = await call('DELETE', pathOf('life'));
    expect([gone.status, gone.headers.get('x-ms-error-code')]).toEqual([404, 'ResourceNotFound']);
  });

  test('that cannot run shows why', async () => {
    await call('POST', '/azure/containers', {
      ...named('stuck'),
      image: 'any/fail-pull:1',
      restartPolicy: 'Never',
    });
    const pulled = await until(async () => {
      const { body } = await call('GET', pathOf('stuck'));
      return body['provisioningState'] === 'Failed' && body;
    });
    expect(pulled).toMatchObject({
      state: 'Failed',
      containers: [
        {
          state: 'Waiting',
          detailStatus: 'ImagePullBackOff',
          restartCount: 0,
          events: [
            { name: 'Pulling' },
            { name: 'Failed', message: expect.stringContaining('Failed to pull') },
            { name: 'BackOff' },
          ],
        },
      ],
    });

    const command = ['node', '-e', 'process.exit(3)'];
    await call('POST', '/azure/containers', {
      ...named('failing'),
      image: 'any',
      command,
      restartPolicy: 'OnFailure',
    });
    const restarted = await until(async () => {
      const { body } = await call('GET', pathOf('failing'));
      const [container] = (body['containers'] ?? []) as { restartCount?: number }[];
      return (container?.restartCount ?? 0) > 0 && body;
    });
    expect(restarted).toMatchObject({
      containers: [{ previousState: { state: 'Terminated', exitCode: 3 } }],
    });
  });

  test('that a run holds is left alone unless it is forced', async () => {
    await call('POST', '/azure/containers', {
      ...named('held'),
      image: 'any',
      command: forever,
      restartPolicy: 'Never',
    });
    await settled('held', 'Running');
    const { body: run } = await call('POST', `${pathOf('held')}/runs`, {});
    await settled('held', 'Running');

    for (const [method, path, body] of [
      ['POST', `${pathOf('held')}/stop`],
      ['POST', `${pathOf('held')}/start`],
      ['POST', `${pathOf('held')}/restart`],
      [
        'POST',
        '/azure/containers/restart',
        { subscriptionId, resourceGroup: 'suite', containerName: 'held' },
      ],
      ['DELETE', pathOf('held')],
      ['DELETE', '/azure/containers', { subscriptionId, resourceGroup: 'suite', containerName: 'held' }],
    ] as const) {
      const refused = await call(method, path, body);
      expect([refused.status, refused.body['error']]).toEqual([
        409,
        expect.objectContaining({
          code: 'RunInProgress',
          details: [expect.objectContaining({ target: run['id'] })],
        }),
      ]);
    }
    expect((await call('DELETE', `${pathOf('held')}?force=maybe`)).status).toBe(400);
    expect((await call('POST', `${pathOf('held')}/stop?force=true`)).status).toBe(202);
    await settled('held', 'Stopped');
    expect(await over(`${pathOf('held')}/runs/${run['id']}`)).toMatchObject({
      status: 'Canceled',
      reason: 'CanceledByCaller',
    });
    expect((await call('DELETE', pathOf('held'))).status).toBe(200);
  });

  test('of several is shown in pages whose links lead on', async () => {
    for (const name of ['page-a', 'page-b', 'page-c']) {
      const { status } = await call('POST', '/azure/containers', {
        ...named(name),
        image: 'any',
        restartPolicy: 'Never',
      });
      expect(status).toBe(201);
    }
    const names: string[] = [];
    let next: unknown = `/azure/containers?subscriptionId=${subscriptionId}&resourceGroup=SUITE&top=2`;
    while (typeof next === 'string') {
      const { body } = await call('GET', next);
      names.push(...(body['value'] as { name: string }[]).map(({ name }) => name));
      next = body['nextLink'];
      expect(String(next)).not.toContain('http%3A');
    }

    expect(names.filter((name) => name.startsWith('page-'))).toEqual(['page-a', 'page-b', 'page-c']);
    expect(new Set(names).size).toBe(names.length);
  });

  test('is not created from a body with faults, all of which are named', async () => {
    const { status, body } = await call('POST', '/azure/containers', {
      ...named('Bad_Name'),
      containers: [
        {
          name: 'a',
          image: 'x',
          cpu: -1,
          ports: [{ port: 80 }, { port: 80 }],
          volumeMounts: [{ name: 'none', mountPath: '/x' }],
        },
        { name: 'a', image: 'x', memory: 999, evn: {} },
      ],
      dnsNameLabel: 'label',
      ipAddressType: 'None',
    });

    expect(status).toBe(400);
    expect((body['error'] as { details: object[] }).details.length).toBeGreaterThan(0);
    expect((await call('GET', pathOf('bad-name'))).status).toBe(404);
  });
});
