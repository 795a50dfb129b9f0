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

test('a token that never comes is waited for by those who asked meanwhile, and by nobody after them', async () => {
  const call = createArmCalls({
    endpoint,
    credential: 'managed-identity',
    clientId: undefined,
    userAgent: 'test',
    traceHeaders: () => ({}),
    deadlineMs: 1_000,
    now: Date.now,
  });
  const get = () => call.as()({ method: 'GET' }, '/subscriptions');
  token = () => {};
  await expect(get()).rejects.toMatchObject({ code: 'ArmTimeout' });
  await expect(call.warmUp()).rejects.toThrow('No token came within 1 seconds.');

  token = answering;
  await expect(get()).resolves.toEqual({});
});
