import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type App, post, startApp } from './app.ts';
import { groupPath } from './groups.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A group that can be launched. */
const group = {
  name: 'one',
  properties: {
    provisioningState: 'Succeeded',
    restartPolicy: 'Never',
    containers: [{ name: 'main', properties: { image: 'image' } }],
  },
};

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const armError = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
  json(status, { error: { code, message } }, headers);
const aGroup = json(200, group);

/** Runs stay in their group here, so that each launch gets a group of its own. */
let groupName = 'group-0';
let groups = 0;

let get: Answer;
let put: Answer;
let token: Answer;
let calls: string[];
let app: App;

/** ARM as a test wants it to answer, for what no emulator does by itself. */
const arm = createServer((request, response) => {
  if (request.url?.startsWith('/token')) {
    token(response, request);
    return;
  }
  calls.push(`${request.method} ${new URL(request.url ?? '', 'http://arm').pathname}`);
  request.resume().once('end', () => (request.method === 'PUT' ? put : get)(response, request));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => arm.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${(arm.address() as AddressInfo).port}`;
  app = await startApp({
    arm: { armEndpoint: origin, identityEndpoint: `${origin}/token`, identityHeader: 'header' },
  });
});
afterAll(async () => {
  await app?.close();
  arm.closeAllConnections();
  await new Promise((resolve) => arm.close(resolve));
});
beforeEach(() => {
  groupName = `group-${++groups}`;
  get = aGroup;
  put = aGroup;
  token = json(200, { access_token: 'the-token', expires_on: String(Math.floor(Date.now() / 1000) + 3600) });
  calls = [];
});

const launch = () => post(`${app.url}${groupPath(groupName)}/runs`, {});

async function failed(answer: Response) {
  const { error } = (await answer.json()) as { error: { code: string; message: string } };
  expect(answer.headers.get('x-ms-error-code')).toBe(error.code);
  return { status: answer.status, ...error, retryAfter: answer.headers.get('retry-after') };
}

const puts = () => calls.filter((call) => call.startsWith('PUT')).length;

describe('what ARM refuses is passed on with its code, its message, and what to do', () => {
  test.each([
    [
      403,
      'AuthorizationFailed',
      "The client 'c' does not have authorization to perform action 'Microsoft.ContainerInstance/containerGroups/write'",
      'Azure Container Instances Contributor',
    ],
    [
      403,
      'LinkedAuthorizationFailed',
      "does not have permission to perform action 'assign'",
      'Managed Identity Operator',
    ],
    [
      409,
      'MissingSubscriptionRegistration',
      "The subscription is not registered to use namespace 'Microsoft.ContainerInstance'.",
      'az provider register',
    ],
    [400, 'InaccessibleImage', "The image 'i' in container group 'g' is not accessible.", 'AcrPull'],
  ])('%d %s', async (status, code, message, advice) => {
    put = armError(status, code, message);

    const error = await failed(await launch());

    expect(error).toMatchObject({ status, code });
    expect(error.message).toContain(message);
    expect(error.message).toContain(advice);
    expect(puts()).toBe(1);
  });

  test('without the secrets that ARM may quote', async () => {
    put = armError(
      400,
      'InvalidRequestContent',
      'Error converting value "canary \\"x\\"" to type Int32; canary "x".',
    );

    const answer = await post(`${app.url}${groupPath(groupName)}/runs`, { secureEnv: { KEY: 'canary "x"' } });
    const { message } = await failed(answer);
    expect(message).not.toContain('canary');
    expect(message).toContain('Error converting value "(secure)"');
  });

  test.each([
    ['as .NET writes JSON', 'key+with/slash==', 'key\\u002Bwith/slash=='],
    ['in a URL', 'key+with/slash==', 'key%2Bwith%2Fslash%3D%3D'],
  ])('nor when it quotes them %s', async (_, secret, quoted) => {
    put = armError(400, 'Bad', `Cannot take ${quoted}.`);

    const { message } = await failed(
      await post(`${app.url}${groupPath(groupName)}/runs`, { secureEnv: { KEY: secret } }),
    );
    expect(message).toContain('Cannot take (secure).');
  });

  test.each([
    [{ code: 'Bad\nCode\u{1F4A5}', message: 'x' }, 'Arm400'],
    [{ code: 'constructor', message: { a: 1 } }, 'constructor'],
    [{ code: 7, details: [{ message: { toString: 1 } }, null, 'text'] }, 'Arm400'],
  ])('whatever its error looks like: %o', async (error, code) => {
    put = json(400, { error }, { 'retry-after': '9'.repeat(26) });

    expect(await failed(await launch())).toMatchObject({ status: 400, code, retryAfter: '86400' });
  });

  test('a GET whose connection was closed under it is made again', async () => {
    get = (response) => {
      get = aGroup;
      response.destroy();
    };
    expect((await launch()).status).toBe(202);
    expect(puts()).toBe(1);
  });

  test('an answer that is no container group is not written back', async () => {
    const nothingWritten = async () => {
      groupName = `group-${++groups}`;
      expect(await failed(await launch())).toMatchObject({ status: 502, code: 'UnexpectedAnswer' });
      expect(puts()).toBe(0);
    };
    const container = { name: 'main', properties: { instanceView: { currentState: { startTime: {} } } } };
    for (const body of [
      {},
      [],
      'text',
      { properties: {} },
      { properties: { containers: [{}] } },
      { properties: { containers: [container] } },
      { properties: { containers: [], extensions: [null] } },
      { properties: { containers: [], instanceView: { events: {} } } },
    ]) {
      get = json(200, body);
      await nothingWritten();
    }
    get = (response) => response.end('<html>');
    await nothingWritten();
  });
});

describe('what passes is no refusal: the run waits, and says for what', () => {
  const passing: [status: number, code: string, reason: string][] = [
    [429, 'TooManyRequests', 'Throttled'],
    [409, 'ContainerGroupTransitioning', 'GroupBusy'],
    [400, 'ContainerGroupQuotaReached', 'QuotaReached'],
    [409, 'ServiceUnavailable', 'CapacityUnavailable'],
    [409, 'RegistryErrorResponse', 'ImagePull'],
  ];

  test.each(passing)('%d %s: %s', async (status, code, reason) => {
    put = armError(status, code, 'Not now.', { 'retry-after': '372' });
    const answer = await launch();

    expect([answer.status, await answer.json()]).toEqual([
      202,
      expect.objectContaining({ status: 'NotStarted', reason, attempt: 0 }),
    ]);
    expect(puts()).toBe(1);
  });

  test('at the GET before, too', async () => {
    get = armError(429, 'TooManyRequests', 'Not now.');
    const answer = await launch();

    expect([answer.status, await answer.json()]).toEqual([
      202,
      expect.objectContaining({
        reason: 'Throttled',
        error: expect.objectContaining({ code: 'TooManyRequests' }),
      }),
    ]);
    expect(puts()).toBe(0);
  });
});

test.each([
  ['a refused token of the app’s own', armError(401, 'InvalidAuthenticationToken', 'No.')],
  ['a 500', armError(500, 'InternalServerError', 'Oops.')],
])(
  'a group that cannot be seen, for a reason that may last, is an error and no run: %s',
  async (_, answered) => {
    get = answered;

    expect(await failed(await launch())).toMatchObject({ status: 502 });
    get = aGroup;
    const runs = await fetch(`${app.url}${groupPath(groupName)}/runs`);
    expect(await runs.json()).toEqual({ value: [] });
  },
);

describe('a write whose answer gets lost', () => {
  test.each<[string, Answer]>([
    ['a dropped connection', (response) => response.destroy()],
    ['a 500', armError(500, 'InternalServerError', 'Oops.')],
    ['a 503', armError(503, 'ServerBusy', 'Busy.', { 'retry-after': '7' })],
  ])('by %s is sent once, and the run is watched until it is known', async (_, lost) => {
    put = lost;
    const answer = await launch();
    const run = (await answer.json()) as { id: string };

    expect([answer.status, run]).toEqual([
      202,
      expect.objectContaining({ status: 'NotStarted', reason: 'Launching', attempt: 1 }),
    ]);
    expect(answer.headers.get('operation-location')).toBe(`${app.url}${groupPath(groupName)}/runs/${run.id}`);
    expect(puts()).toBe(1);
  });

  test('is no loss when ARM took it with an empty answer', async () => {
    put = (response) => response.writeHead(202).end();

    expect((await launch()).status).toBe(202);
  });
});

describe('the app’s token', () => {
  test('goes where ARM_ENDPOINT says and nowhere else: a redirect is not followed', async () => {
    let followed = 0;
    const elsewhere = createServer((_, response) => {
      followed += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    get = (response) => {
      response
        .writeHead(307, { location: `http://localhost:${(elsewhere.address() as AddressInfo).port}/` })
        .end();
    };

    expect(await failed(await launch())).toMatchObject({ status: 502 });
    expect(followed).toBe(0);
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  test('comes from the managed identity and is sent to ARM', async () => {
    let authorization: string | undefined;
    get = (response, request) => {
      authorization = request.headers.authorization;
      aGroup(response, request);
    };

    expect((await launch()).status).toBe(202);
    expect(authorization).toBe('Bearer the-token');
  });
});

test('an app without an identity says so, and what to do', async () => {
  const { armEndpoint } = { armEndpoint: `http://localhost:${(arm.address() as AddressInfo).port}` };
  token = (response) =>
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"no identity"}');
  const nameless = await startApp({
    arm: { armEndpoint, identityEndpoint: `${armEndpoint}/token`, identityHeader: 'header' },
  });
  try {
    const error = await failed(await fetch(`${nameless.url}${groupPath(groupName)}`));
    expect(error).toMatchObject({ status: 503, code: 'CredentialUnavailable' });
    expect(error.message).toContain('Turn on a managed identity');
    expect((await post(`${nameless.url}${groupPath(groupName)}/runs`, {})).status).toBe(503);

    const health = await fetch(`${nameless.url}/api/health`);
    expect([health.status, await health.json()]).toEqual([
      503,
      {
        status: 'Unhealthy',
        dependencies: {
          arm: { status: 'Unhealthy', code: 'CredentialUnavailable' },
          storage: { status: 'Healthy' },
        },
      },
    ]);
  } finally {
    await nameless.close();
  }
});
