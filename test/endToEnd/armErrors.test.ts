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
  get = aGroup;
  put = aGroup;
  token = json(200, { access_token: 'the-token', expires_on: String(Math.floor(Date.now() / 1000) + 3600) });
  calls = [];
});

const launch = () => post(`${app.url}${groupPath('one')}/runs`, {});

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
    [
      400,
      'ContainerGroupQuotaReached',
      "quota 'StandardCores' exceeded in region 'westeurope'. Limit: '10'",
      'higher quota',
    ],
    [409, 'ServiceUnavailable', "not available in the location 'westeurope'", 'another region'],
    [400, 'InaccessibleImage', "The image 'i' in container group 'g' is not accessible.", 'AcrPull'],
    [
      409,
      'RegistryErrorResponse',
      "An error response is received from the docker registry 'r'.",
      'try again',
    ],
  ])('%d %s', async (status, code, message, advice) => {
    put = armError(status, code, message);

    const error = await failed(await launch());

    expect(error).toMatchObject({ status, code });
    expect(error.message).toContain(message);
    expect(error.message).toContain(advice);
    expect(puts()).toBe(1);
  });

  test.each([
    ['seconds', '372', '372'],
    ['a date', new Date(Date.now() + 60_000).toUTCString(), expect.stringMatching(/^(?:59|60)$/)],
  ])('a 429 at once, with its Retry-After in %s', async (_, sent, passed) => {
    const throttled = armError(429, 'TooManyRequests', 'Number of requests exceeded.', {
      'retry-after': sent,
    });
    put = throttled;
    expect(await failed(await launch())).toMatchObject({
      status: 429,
      code: 'TooManyRequests',
      retryAfter: passed,
    });
    get = throttled;
    expect(await failed(await launch())).toMatchObject({ status: 429, retryAfter: passed });
    expect(calls).toHaveLength(3);
  });

  test('a refused token of the app’s own is no 401: the caller did nothing wrong', async () => {
    get = armError(401, 'InvalidAuthenticationToken', 'The access token is invalid.');

    expect(await failed(await launch())).toMatchObject({ status: 502, code: 'InvalidAuthenticationToken' });
    expect(puts()).toBe(0);
  });

  test('without the secrets that ARM may quote', async () => {
    put = armError(
      400,
      'InvalidRequestContent',
      'Error converting value "canary \\"x\\"" to type Int32; canary "x".',
    );

    const answer = await post(`${app.url}${groupPath('one')}/runs`, { secureEnv: { KEY: 'canary "x"' } });
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
      await post(`${app.url}${groupPath('one')}/runs`, { secureEnv: { KEY: secret } }),
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

  test('an answer that is no container group is not written back', async () => {
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
      expect(await failed(await launch())).toMatchObject({ status: 502, code: 'UnexpectedAnswer' });
    }
    get = (response) => response.end('<html>');
    expect(await failed(await launch())).toMatchObject({ status: 502, code: 'UnexpectedAnswer' });
    expect(puts()).toBe(0);
  });
});

describe('a write whose answer gets lost', () => {
  test.each<[string, Answer, number]>([
    ['a dropped connection', (response) => response.destroy(), 502],
    ['a 500', armError(500, 'InternalServerError', 'Oops.'), 502],
    ['a 503', armError(503, 'ServerBusy', 'Busy.', { 'retry-after': '7' }), 503],
  ])('by %s is sent once, and the answer says where to look', async (_, lost, status) => {
    put = lost;
    const answer = await launch();
    const location = answer.headers.get('operation-location');

    const error = await failed(answer);
    expect(error).toMatchObject({ status, code: 'LaunchOutcomeUnknown' });
    expect(location).toMatch(new RegExp(`^${app.url}${groupPath('one')}/runs/[0-9a-f-]{36}$`));
    expect(error.message).toContain(location?.split('/').at(-1));
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
    const error = await failed(await post(`${nameless.url}${groupPath('one')}/runs`, {}));
    expect(error).toMatchObject({ status: 503, code: 'CredentialUnavailable' });
    expect(error.message).toContain('Turn on a managed identity');

    const health = await fetch(`${nameless.url}/api/health`);
    expect([health.status, await health.json()]).toEqual([
      503,
      { status: 'Unhealthy', dependencies: { arm: { status: 'Unhealthy', code: 'CredentialUnavailable' } } },
    ]);
  } finally {
    await nameless.close();
  }
});
