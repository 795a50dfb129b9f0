import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createArmCalls } from '../../src/aci/armCall.ts';

const answering: RequestListener = (_request, response) =>
  void response.end(JSON.stringify({ access_token: 't', expires_on: '9999999999' }));

let token: RequestListener;
let endpoint: string;

/** An ARM that has one answer, and an identity. */
const server = createServer((request, response) => {
  if (request.url?.startsWith('/token')) {
    token(request, response);
  } else {
    response.end('{}');
  }
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://localhost:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('IDENTITY_ENDPOINT', `${endpoint}/token`);
  vi.stubEnv('IDENTITY_HEADER', 'header');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const callsWithin = (deadlineMs: number, clientId?: string) =>
  createArmCalls({
    endpoint,
    credential: 'managed-identity',
    clientId,
    userAgent: 'test',
    traceHeaders: () => ({}),
    deadlineMs,
    now: Date.now,
  });

test('a call takes the token that is being fetched already', async () => {
  const calls = callsWithin(10_000, '11111111-2222-3333-4444-555555555555'); // the SDK keeps tokens by it
  const asked: (() => void)[] = [];
  const isAsked = Promise.withResolvers<void>();
  token = (request, response) => {
    asked.push(() => answering(request, response));
    isAsked.resolve();
  };
  const warmUp = calls.warmUp();
  await isAsked.promise;
  const answer = calls.as()({ method: 'GET' }, '/subscriptions');
  await new Promise(setImmediate); // long enough for it to ask by itself
  asked[0]?.();

  await expect(warmUp).resolves.toBeUndefined();
  await expect(answer).resolves.toEqual({});
  expect(asked).toHaveLength(1);
});

test('a token that never comes is waited for by those who asked meanwhile, and by nobody after them', async () => {
  const call = callsWithin(1_000);
  const get = () => call.as()({ method: 'GET' }, '/subscriptions');
  token = () => {};
  await expect(get()).rejects.toMatchObject({ code: 'ArmTimeout' });
  await expect(call.warmUp()).rejects.toThrow('No token came within 1 seconds.');

  token = answering;
  await expect(get()).resolves.toEqual({});
});
