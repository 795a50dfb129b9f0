import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createAzureQueue } from '../../../src/runs/queue/azureQueue.ts';
import { createAzureRows } from '../../../src/runs/store/azureRows.ts';
import { readStorageConnection, type StorageConnection } from '../../../src/runs/store/storageConnection.ts';

const canary = 'Y2FuYXJ5';
const known = '00000000-0000-0000-0000-00000000c11e';
const unknown = '00000000-0000-0000-0000-000000000bad';

// One server for both tests, since msal remembers the endpoint for as long as the process lives.
test('storage is shown the token of the managed identity that the settings name', async () => {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    if (pathname !== '/token') {
      response.writeHead(403, { 'x-ms-error-code': 'AuthorizationPermissionMismatch' }).end();
    } else if (searchParams.get('client_id') === known) {
      const expiresOn = Math.floor(Date.now() / 1000) + 86_400;
      response.end(JSON.stringify({ access_token: canary, expires_on: expiresOn, token_type: 'Bearer' }));
    } else {
      response.writeHead(400).end('{}');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('IDENTITY_ENDPOINT', `${origin}/token`);
  vi.stubEnv('IDENTITY_HEADER', 'secret');

  function storageOf(clientId: string) {
    const settings: Record<string, string> = {
      AzureWebJobsStorage__tableServiceUri: `${origin}/account`,
      AzureWebJobsStorage__queueServiceUri: `${origin}/account/`,
      AzureWebJobsStorage__credential: 'managedidentity',
      AzureWebJobsStorage__clientId: clientId,
    };
    const { connection } = readStorageConnection((name) => settings[name]) as {
      connection: StorageConnection;
    };
    return {
      rows: createAzureRows({ connection, deadlineMs: 20_000 }),
      queue: createAzureQueue({ connection, name: 'watch', deadlineMs: 20_000 }),
    };
  }
  const failure = (call: Promise<unknown>) => call.catch((error: unknown) => error);

  const { rows, queue } = storageOf(known);
  for (const error of [
    await failure(rows.commit('p', [{ action: 'put', key: 'k', value: {} }])),
    await failure(queue.send({}, 0)),
  ]) {
    expect(String(error)).toContain(
      '403 AuthorizationPermissionMismatch, which means that the identity lacks',
    );
    expect(inspect(error, { depth: 10 })).not.toContain(canary);
  }
  expect(requests.map(({ method, url }) => `${method} ${url?.split('?')[0]}`)).toEqual([
    'GET /token',
    'POST /account/$batch',
    'POST /account/watch/messages',
  ]);
  expect(decodeURIComponent(requests[0]?.url ?? '')).toContain('resource=https://storage.azure.com');
  expect(requests.slice(1).map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${canary}`,
    `Bearer ${canary}`,
  ]);

  const without = storageOf(unknown);
  for (const call of [without.rows.get('p', 'k'), without.queue.send({}, 0)]) {
    expect(String(await failure(call))).toContain('the app got no token for it from its managed identity');
  }
});
