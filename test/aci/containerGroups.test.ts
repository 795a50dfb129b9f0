import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createArmCalls } from '../../src/aci/armCall.ts';
import { armContainerGroups } from '../../src/aci/armContainerGroups.ts';
import type { ContainerGroups } from '../../src/aci/containerGroups.ts';
import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import type { MetricsQuery } from '../../src/aci/metrics/metrics.ts';
import { scopedContainerGroups } from '../../src/aci/scopedContainerGroups.ts';

const id = {
  subscriptionId: '00000000-0000-0000-0000-000000000000',
  resourceGroup: 'größe (1)',
  name: 'one',
};
const document: ContainerGroupDocument = { properties: { containers: [] } };
const lastHour: MetricsQuery = {
  timespan: { start: Date.UTC(2026, 0, 1, 10), end: Date.UTC(2026, 0, 1, 11) },
  interval: 'PT1M',
};
const never: RequestListener = () => {};

let arm: RequestListener;
let token: RequestListener;
let asked: string[];
let groups: ContainerGroups;
/** Gives up soon, but not before a busy machine has got its token. */
let hasty: ContainerGroups;

const client = (endpoint: string, deadlineMs: number) =>
  armContainerGroups(
    createArmCalls({
      endpoint,
      credential: 'managed-identity',
      clientId: undefined,
      userAgent: 'test',
      traceHeaders: () => ({}),
      deadlineMs,
      now: Date.now,
    }).as(),
  );

const server = createServer((request, response) => {
  if (request.url?.startsWith('/token')) {
    token(request, response);
  } else {
    asked.push(`${request.method} ${request.url}`);
    arm(request, response);
  }
});

// Once for all: the SDK keeps the identity's endpoint, and the token, for as long as the process lives.
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://localhost:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('IDENTITY_ENDPOINT', `${endpoint}/token`);
  vi.stubEnv('IDENTITY_HEADER', 'header');
  groups = client(endpoint, 20_000);
  hasty = client(endpoint, 1_000);
});
beforeEach(() => {
  token = (_, response) => response.end(JSON.stringify({ access_token: 't', expires_on: '9999999999' }));
  arm = never;
  asked = [];
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

describe('a call to ARM that nobody answers', () => {
  test('is never sent when it is the identity that does not answer', async () => {
    let answerToken = () => {};
    token = (_, response) => {
      answerToken = () => response.end(JSON.stringify({ access_token: 't', expires_on: '9999999999' }));
    };
    await expect(hasty.createOrUpdate(id, document)).rejects.toMatchObject({ code: 'ArmTimeout' });
    answerToken();
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([]);
  });

  test('ends at its deadline, and a read has done nothing', async () => {
    await expect(hasty.get(id)).rejects.toMatchObject({ code: 'ArmTimeout', outcomeUnknown: false });
  });

  test('ends at its deadline, and nobody knows what became of a write', async () => {
    await expect(hasty.createOrUpdate(id, document)).rejects.toMatchObject({
      code: 'ArmTimeout',
      outcomeUnknown: true,
    });
    expect(asked).toHaveLength(1);
  });
});

test('a write that no server took is known to have done nothing', async () => {
  const nobody = client('http://localhost:1', 20_000);

  await expect(nobody.createOrUpdate(id, document)).rejects.toMatchObject({
    code: 'ArmUnreachable',
    outcomeUnknown: false,
  });
});

test('names are escaped in the URL, and the newest stable version is asked for', async () => {
  arm = (_, response) => response.end(JSON.stringify(document));

  await groups.get(id);

  expect(asked).toEqual([
    `GET /subscriptions/${id.subscriptionId}/resourceGroups/gr%C3%B6%C3%9Fe%20(1)/providers/Microsoft.ContainerInstance/containerGroups/one?api-version=2026-07-01`,
  ]);
});

describe('Azure Monitor', () => {
  test('is asked once for the CPU and memory of every container, by its own version', async () => {
    arm = (_, response) => response.end(JSON.stringify({ value: [] }));

    await groups.listMetrics(id, lastHour);

    const [request = ''] = asked;
    const [path, query] = request.split('?');
    expect(path).toMatch(/\/containerGroups\/one\/providers\/Microsoft\.Insights\/metrics$/);
    expect(Object.fromEntries(new URLSearchParams(query))).toEqual({
      'api-version': '2024-02-01',
      metricnames: 'CpuUsage,MemoryUsage',
      timespan: '2026-01-01T10:00:00Z/2026-01-01T11:00:00Z',
      interval: 'PT1M',
      aggregation: 'average,maximum',
      $filter: "containerName eq '*'",
      top: '200',
    });
    expect(asked).toHaveLength(1);
  });

  test('refuses without the envelope of ARM, and its words are passed on', async () => {
    arm = (_, response) => response.writeHead(400).end('{"code":"BadRequest","message":"Not so."}');

    await expect(groups.listMetrics(id, lastHour)).rejects.toMatchObject({
      code: 'BadRequest',
      status: 400,
      message: 'Not so.',
    });
  });

  test.each(['Microsoft.Insights/metrics/read', 'microsoft.insights/metrics/read'])(
    'refuses who may not %s, and the advice names a role that may',
    async (action) => {
      const message = `The client 'c' with object id 'o' does not have authorization to perform action '${action}' over scope 's' or the scope is invalid.`;
      arm = (_, response) =>
        response.writeHead(403).end(JSON.stringify({ error: { code: 'AuthorizationFailed', message } }));

      const error: Error = await groups.listMetrics(id, lastHour).then(
        () => new Error('It was let through.'),
        (error) => error,
      );

      expect(error.message).toContain(`${message} Give the app's managed identity 'Monitoring Reader'`);
      expect(error.message).not.toContain('Azure Container Instances Contributor');
    },
  );
});

test('a group outside the scopes is not even asked for', async () => {
  arm = (_, response) => response.end(JSON.stringify(document));
  const scoped = scopedContainerGroups(groups, [`/subscriptions/${id.subscriptionId}/resourceGroups/other`]);

  const refusal = { code: 'ScopeNotAllowed' };
  await expect(scoped.get(id)).rejects.toMatchObject(refusal);
  await expect(scoped.createOrUpdate(id, document)).rejects.toMatchObject(refusal);
  await expect(scoped.listLogs(id, 'main', {})).rejects.toMatchObject(refusal);
  await expect(scoped.listMetrics(id, lastHour)).rejects.toMatchObject(refusal);
  expect(asked).toEqual([]);
});
