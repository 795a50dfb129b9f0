import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAzureQueue } from '../../../src/runs/queue/azureQueue.ts';
import { createAzureRows } from '../../../src/runs/store/azureRows.ts';
import { RowConflict, StorageError } from '../../../src/runs/store/rows.ts';
import { readStorageConnection, type StorageConnection } from '../../../src/runs/store/storageConnection.ts';
import { freshStorage } from '../../storage.ts';

const canary = 'Y2FuYXJ5';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const closing: (() => Promise<unknown>)[] = [];
let dates: string[];
let requests: IncomingMessage[];

beforeEach(() => {
  dates = [];
  requests = [];
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A storage account, and whatever else is asked for, that answers as it is told. */
async function serve(handler: Handler): Promise<string> {
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function answering(status: number, code: string, headers: Record<string, string> = {}): Handler {
  return ({ url = '' }, response) => {
    const isQueue = url.includes('/messages');
    response.writeHead(status, {
      'content-type': isQueue ? 'application/xml' : 'application/json',
      'x-ms-error-code': code,
      date: 'Sat, 21 Nov 2026 10:00:00 GMT',
      ...headers,
    });
    response.end(
      isQueue
        ? `<?xml version="1.0"?><Error><Code>${code}</Code><Message>The server's words.</Message></Error>`
        : JSON.stringify({
            'odata.error': { code, message: { lang: 'en-US', value: `The server's words.` } },
          }),
    );
  };
}

function connectionOf(settings: Record<string, string>): StorageConnection {
  const { connection, faults } = readStorageConnection((name) => settings[name]);
  expect(faults).toEqual([]);
  return connection as StorageConnection;
}

const withKey = (origin: string) =>
  connectionOf({
    AzureWebJobsStorage: `AccountName=account;AccountKey=${canary};TableEndpoint=${origin}/account;QueueEndpoint=${origin}/account`,
  });

/** Each call that the app makes of its storage. */
function calls(connection: StorageConnection, deadlineMs = 20_000): Record<string, () => Promise<unknown>> {
  const observeDate = (date: string) => dates.push(date);
  const rows = createAzureRows({ connection, observeDate, deadlineMs });
  const queue = createAzureQueue({ connection, name: 'watch', observeDate, deadlineMs });
  return {
    get: () => rows.get('p', 'k'),
    list: () => rows.list('p', { from: '', before: '~', top: 10 }),
    commit: () => rows.commit('p', [{ action: 'put', key: 'k', value: { text: canary } }]),
    delete: () => rows.delete('p', ['a', 'b']),
    send: () => queue.send({ text: canary }, 0),
  };
}

async function failureOf(call: () => Promise<unknown>): Promise<StorageError> {
  const error = await call().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(StorageError);
  expect(inspect(error, { depth: 10 })).not.toContain(canary);
  expect((error as StorageError).message).not.toContain("The server's words");
  expect((error as StorageError).message).toContain('Check AzureWebJobsStorage');
  return error as StorageError;
}

describe.each(['get', 'list', 'commit', 'delete', 'send'])('%s', (name) => {
  const call = (connection: StorageConnection, deadlineMs?: number) =>
    failureOf(calls(connection, deadlineMs)[name] as () => Promise<unknown>);

  test('to a storage account that cannot be reached says so at once', async () => {
    const origin = await serve(() => {});
    await Promise.all(closing.splice(0).map((close) => close()));
    const { message } = await call(withKey(origin));
    expect(message).toContain('it could not be reached (ECONNREFUSED)');
  });

  test('to one that never answers is given up at the deadline', async () => {
    const { message } = await call(withKey(await serve(() => {})), 50);
    expect(message).toContain('no answer came within 0.05 seconds');
  });

  test('that is broken off is made again only where that does no harm', async () => {
    const { message } = await call(withKey(await serve((request) => request.socket.destroy())));
    expect(message).toContain('it could not be reached (');
    expect(requests).toHaveLength(['get', 'list', 'send'].includes(name) ? 2 : 1);
  });

  test.each([
    [500, 'InternalError'],
    [503, 'ServerBusy'],
    [429, 'TooManyRequests'],
    [409, 'TableBeingDeleted'],
    [409, 'QueueBeingDeleted'],
    [307, 'Elsewhere'],
  ])('that is answered %d %s is made once, and says so', async (status, code) => {
    const origin = await serve(
      answering(status, code, { 'retry-after': '1', ...(status === 307 && { location: '/elsewhere' }) }),
    );
    const { message } = await call(withKey(origin));
    expect(message).toContain(`it answered ${status}`);
    if (status !== 307) {
      expect(message).toContain(`it answered ${status} ${code}`);
    }
    expect(requests).toHaveLength(1);
    expect(dates).toEqual(['Sat, 21 Nov 2026 10:00:00 GMT']);
  });

  test.each([
    ['AuthorizationPermissionMismatch', 'lacks Storage Table Data Contributor'],
    ['AuthorizationFailure', 'network rules'],
    ['KeyBasedAuthenticationNotPermitted', 'AzureWebJobsStorage__accountName'],
  ])('that is answered %s says what to do', async (code, advice) => {
    const { message } = await call(withKey(await serve(answering(403, code))));
    expect(message).toContain(`it answered 403 ${code}, which means that`);
    expect(message).toContain(advice);
  });

  test('with a shared access signature shows it', async () => {
    const origin = await serve(answering(403, 'AuthenticationFailed'));
    const sas = `sv=2026-10-06&sig=${canary}%3D`;
    await call(
      connectionOf({
        AzureWebJobsStorage: `TableEndpoint=${origin}/account;QueueEndpoint=${origin}/account;SharedAccessSignature=?${sas}`,
      }),
    );
    expect(requests[0]?.url).toContain(sas);
  });
});

test('with a wrong key every call is refused, and says so', async () => {
  const connection = connectionOf({
    AzureWebJobsStorage: freshStorage().replace(/AccountKey=[^;]+/, `AccountKey=${canary}`),
  });
  for (const [name, call] of Object.entries(calls(connection))) {
    const { message } = await failureOf(call);
    expect(`${name}: ${message}`).toMatch(/it answered 403 Auth\w+, which means that/);
  }
});

test('only a row that is not as it should be is a conflict', async () => {
  for (const [status, code] of [
    [412, 'UpdateConditionNotSatisfied'],
    [412, 'ConditionNotMet'],
    [409, 'EntityAlreadyExists'],
  ] as const) {
    const { commit } = calls(withKey(await serve(answering(status, code))));
    await expect(commit?.()).rejects.toBeInstanceOf(RowConflict);
  }
  for (const [status, code] of [
    [409, 'TableBeingDeleted'],
    [404, 'ResourceNotFound'],
    [404, 'TableNotFound'],
  ] as const) {
    await failureOf(calls(withKey(await serve(answering(status, code))))['commit'] as () => Promise<void>);
  }
});
