import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { type App, startApp } from './app.ts';
import { groupPath } from './groups.ts';

const running: { app?: App; server?: Server } = {};

afterEach(async () => {
  await running.app?.close();
  running.server?.closeAllConnections();
  running.server?.close();
});

/** Starts the app with an identity that answers like this, and an ARM that is not there. */
async function startWith(identity: RequestListener, settings: Record<string, string> = {}): Promise<App> {
  running.server = createServer(identity);
  await new Promise<void>((resolve) => running.server?.listen(0, '127.0.0.1', resolve));
  const { port } = running.server.address() as AddressInfo;
  running.app = await startApp({
    arm: {
      armEndpoint: 'http://localhost:1',
      identityEndpoint: `http://localhost:${port}/token`,
      identityHeader: 'any',
    },
    settings,
  });
  return running.app;
}

/** Asks for what is in storage alone. */
const runs = async ({ url }: App) => (await fetch(`${url}${groupPath('one')}/runs`)).json();

test('the identity is asked for its token before anybody calls', async () => {
  const asked = Promise.withResolvers<string | undefined>();
  await startWith((request, response) => {
    asked.resolve(request.url);
    response.end(JSON.stringify({ access_token: 'any', expires_on: 4_000_000_000, token_type: 'Bearer' }));
  });

  expect(await asked.promise).toContain('resource=https%3A%2F%2Fmanagement.azure.com');
});

test.each<[how: string, identity: RequestListener]>([
  ['never answers', () => {}],
  ['has no token', (_request, response) => void response.writeHead(500).end('{"error":"broken"}')],
  ['breaks off', (request) => void request.socket.destroy()],
])(
  'an identity that %s holds up nothing that does without it, and no call is told of it that did not ask',
  async (_how, identity) => {
    const asked = Promise.withResolvers<void>();
    const app = await startWith((request, response) => {
      asked.resolve();
      identity(request, response);
    });
    await asked.promise;

    expect(await runs(app)).toEqual({ value: [] });
    expect(app.output()).not.toMatch(/broken|rejection|Error/i);
  },
);

test('where callers bring their tokens the identity is never asked', async () => {
  let asked = 0;
  const app = await startWith(
    (_request, response) => {
      asked++;
      response.end();
    },
    { ARM_CREDENTIAL: 'caller' },
  );

  // Which waits for storage, whose turn comes after that of the identity.
  expect(await (await fetch(`${app.url}/api/health`)).json()).toMatchObject({ status: 'Healthy' });
  expect(asked).toBe(0);
});
