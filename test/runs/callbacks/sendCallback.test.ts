import { lookup as systemLookup } from 'node:dns';
import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, createServer, type LookupFunction } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createSelfSigned } from '../../../local/aci/certificate/selfSigned.ts';
import { createCheckedLookup, resolveHost } from '../../../src/runs/callbacks/checkedLookup.ts';
import { sendCallback } from '../../../src/runs/callbacks/sendCallback.ts';
import { startReceiver } from './receiver.ts';

const selfSigned = createSelfSigned(Date.now());
const path = '/hunter2?code=hunter2';

type Given = {
  allowLoopback?: boolean;
  addresses?: string[];
  lookup?: LookupFunction;
  headers?: Record<string, string>;
  deadlineMs?: number;
  body?: string;
};

/** Sends to a URL whose host is allowed, and resolves to these addresses. */
function send(url: string, { allowLoopback = true, addresses = ['127.0.0.1'], ...given }: Given = {}) {
  return sendCallback(
    {
      url,
      body: given.body ?? '{"größe":1}',
      headers: given.headers ?? {},
      deadlineMs: given.deadlineMs ?? 20_000,
    },
    {
      allowedHosts: [URL.parse(url)?.host ?? ''],
      allowLoopback,
      lookup: given.lookup ?? createCheckedLookup(async () => addresses, { allowLoopback }),
    },
  );
}

describe('a callback', () => {
  test('is one POST with its body and headers, on a connection that ends with it', async () => {
    const receiver = await startReceiver((_, response) => response.writeHead(204).end());

    expect(
      await send(`http://localhost:${receiver.port}${path}`, { headers: { 'webhook-id': 'r' } }),
    ).toEqual({
      delivered: true,
    });
    expect(receiver.received).toMatchObject([
      {
        method: 'POST',
        url: path,
        headers: {
          host: `localhost:${receiver.port}`,
          'webhook-id': 'r',
          'content-length': '13',
          connection: 'close',
        },
        body: '{"größe":1}',
      },
    ]);
  });

  test.each([
    [404, false],
    [410, false],
    [429, true],
    [503, true],
  ])('that is answered %i has failed, to be tried again: %s', async (status, retryable) => {
    const receiver = await startReceiver((_, response) => response.writeHead(status).end('hunter2'));

    expect(await send(`http://localhost:${receiver.port}${path}`)).toEqual({
      delivered: false,
      retryable,
      why: `'localhost:${receiver.port}' answered ${status}.`,
    });
  });

  test('waits as long as it is asked to', async () => {
    const receiver = await startReceiver((_, response) =>
      response.writeHead(503, { 'retry-after': '7' }).end(),
    );

    expect(await send(`http://localhost:${receiver.port}/`)).toMatchObject({ retryAfterSeconds: 7 });
  });

  test.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
    const receiver = await startReceiver((_, response) =>
      response.writeHead(status, { location: '/there' }).end(),
    );

    expect(await send(`http://localhost:${receiver.port}/`)).toMatchObject({
      delivered: false,
      retryable: false,
    });
    expect(receiver.received).toHaveLength(1);
  });

  test('goes by no proxy, even where one is set for the whole process', async () => {
    const proxy = await startReceiver((_, response) => response.writeHead(200).end());
    const receiver = await startReceiver((_, response) => response.writeHead(200).end());
    const before = http.globalAgent;
    http.globalAgent = new http.Agent({ proxyEnv: { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` } });
    onTestFinished(() => {
      http.globalAgent = before;
    });

    expect(await send(`http://localhost:${receiver.port}/`)).toEqual({ delivered: true });
    expect([proxy.connections(), receiver.connections()]).toEqual([0, 1]);
  });
});

describe('an answer', () => {
  test('that never comes ends at the deadline', async () => {
    const receiver = await startReceiver(() => {});

    expect(await send(`http://localhost:${receiver.port}${path}`, { deadlineMs: 50 })).toEqual({
      delivered: false,
      retryable: true,
      why: `'localhost:${receiver.port}' did not answer in time.`,
    });
  });

  test('counts from its status on, whether or not its body ends', async () => {
    const ends: Promise<unknown>[] = [];
    const receiver = await startReceiver((_, response) => {
      ends.push(once(response, 'close'));
      response.writeHead(200).write('x');
    });

    expect(await send(`http://localhost:${receiver.port}/`, { deadlineMs: 2_000 })).toEqual({
      delivered: true,
    });
    await Promise.all(ends);
  });

  test.each([200, 404, 503])('of %i with a body without end is cut off', async (status) => {
    const ends: Promise<unknown>[] = [];
    const receiver = await startReceiver((_, response) => {
      ends.push(once(response, 'close'));
      response.writeHead(status);
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) {}
      };
      response.on('drain', write);
      write();
    });

    const answer = await send(`http://localhost:${receiver.port}/`, { deadlineMs: 2 ** 31 - 1 });

    expect(answer.delivered || answer.why).toBe(
      status === 200 ? true : `'localhost:${receiver.port}' answered ${status}.`,
    );
    await Promise.all(ends);
  });

  test('that is cut off behind its status counts', async () => {
    const receiver = await startReceiver((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x', () => response.destroy());
    });

    expect(await send(`http://localhost:${receiver.port}/`)).toEqual({ delivered: true });
  });

  test.each(['', 'hello\r\n\r\n', 'HTTP/1.1 200 OK\r\nx: '])(
    'that is no HTTP (%j) is asked for again',
    async (bytes) => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.once('data', () => socket.end(bytes));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;

      const answer = await send(`http://localhost:${port}${path}`);

      expect(answer).toMatchObject({ delivered: false, retryable: true });
      expect(JSON.stringify(answer)).not.toContain('hunter2');
    },
  );
});

describe('over https', () => {
  test('a receiver whose certificate is trusted gets the callback', async () => {
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, selfSigned.certificate]);
    onTestFinished(() => setDefaultCACertificates(trusted));
    const receiver = await startReceiver((_, response) => response.writeHead(200).end(), selfSigned);

    expect(await send(`https://localhost:${receiver.port}${path}`)).toEqual({ delivered: true });
    expect(receiver.received).toMatchObject([{ url: path, body: '{"größe":1}' }]);
    // For another name the same certificate is none.
    expect(await send(`https://hooks.example.org:${receiver.port}/`)).toEqual({
      delivered: false,
      retryable: true,
      why: `'hooks.example.org:${receiver.port}' could not be reached (ERR_TLS_CERT_ALTNAME_INVALID).`,
    });
    expect(receiver.received).toHaveLength(1);
  });

  test('one whose certificate is not gets nothing, whatever the environment says', async () => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).end(), selfSigned);
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    onTestFinished(() => {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    });

    expect(await send(`https://localhost:${receiver.port}${path}`)).toMatchObject({
      delivered: false,
      retryable: true,
      why: `'localhost:${receiver.port}' could not be reached (DEPTH_ZERO_SELF_SIGNED_CERT).`,
    });
    expect(receiver.received).toEqual([]);
  });
});

describe('a host', () => {
  test.each([
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['168.63.129.16']],
    [['::ffff:127.0.0.1']],
    [['8.8.8.8', '127.0.0.1']],
    [['2606:4700::1111', 'fd00::1']],
    [['not an address']],
  ])('with the addresses %j is called at none of them', async (addresses) => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).end());
    const url = `https://hooks.example.org:${receiver.port}${path}`;

    expect(await send(url, { addresses, allowLoopback: false })).toEqual({
      delivered: false,
      retryable: false,
      why: `'hooks.example.org:${receiver.port}': The host has an address that callbacks never go to.`,
    });
    expect(receiver.connections()).toBe(0);
  });

  test('is looked up once, and called at an address that was checked then', async () => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).end());
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    const asked: string[] = [];
    const lookup = createCheckedLookup(
      async (host) => {
        asked.push(host);
        return answers.shift() ?? [];
      },
      { allowLoopback: true },
    );
    const url = `http://localhost:${receiver.port}/`;

    expect(await send(url, { lookup })).toEqual({ delivered: true });
    expect(asked).toEqual(['localhost']);
    // A moment later its name means the metadata service.
    expect(await send(url, { lookup })).toMatchObject({ delivered: false, retryable: false });
    expect([asked.length, receiver.connections()]).toEqual([2, 1]);
  });

  test('that a lookup lets pass unchecked is let go as soon as it is connected', async () => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).end(), selfSigned);
    const lookup: LookupFunction = (_, options, callback) => systemLookup('127.0.0.1', options, callback);
    const url = `https://hooks.example.org:${receiver.port}/`;

    expect(await send(url, { lookup, allowLoopback: false })).toMatchObject({
      delivered: false,
      retryable: false,
      why: expect.stringContaining('an address that callbacks never go to'),
    });
    expect(receiver.received).toEqual([]);
  });

  test.each([
    ['https://10.0.0.1/', false],
    ['https://169.254.169.254/', true],
    ['https://[fd00::1]/', true],
    ['https://localhost/', false],
    ['http://hooks.example.org/', true],
    ['not a URL', true],
  ])('is not looked up for %s', async (url, allowLoopback) => {
    let asked = 0;
    const lookup = createCheckedLookup(
      async () => {
        asked += 1;
        return [];
      },
      { allowLoopback },
    );

    expect(await send(url, { lookup, allowLoopback })).toMatchObject({ delivered: false, retryable: false });
    expect(asked).toBe(0);
  });

  test('that CALLBACK_HOSTS names no more is not called', async () => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).end());
    const limits = {
      allowedHosts: [],
      allowLoopback: true,
      lookup: createCheckedLookup(async () => ['127.0.0.1'], { allowLoopback: true }),
    };
    const url = `http://localhost:${receiver.port}${path}`;

    const answer = await sendCallback({ url, body: '', headers: {}, deadlineMs: 20_000 }, limits);

    expect(answer).toMatchObject({ delivered: false, retryable: false });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
    expect(receiver.connections()).toBe(0);
  });

  test.each<[string, () => Promise<string[]>, string, number]>([
    ['has no address', async () => [], 'could not be reached (ENOTFOUND)', 20_000],
    [
      'cannot be resolved now',
      () => Promise.reject(Object.assign(new Error('hunter2'), { code: 'EAI_AGAIN' })),
      'could not be reached (EAI_AGAIN)',
      20_000,
    ],
    ['is never resolved', () => new Promise(() => {}), 'did not answer in time', 50],
  ])('that %s is tried again', async (_, resolve, why, deadlineMs) => {
    const lookup = createCheckedLookup(resolve, { allowLoopback: false });

    expect(
      await send('https://hooks.example.org/hunter2', { lookup, allowLoopback: false, deadlineMs }),
    ).toEqual({ delivered: false, retryable: true, why: `'hooks.example.org' ${why}.` });
  });

  test('that listens no more is tried again', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');

    expect(await send(`http://localhost:${port}${path}`)).toEqual({
      delivered: false,
      retryable: true,
      why: `'localhost:${port}' could not be reached (ECONNREFUSED).`,
    });
  });

  test('is reached by another of its addresses when one does not answer', async () => {
    const receiver = await startReceiver((_, response) => response.writeHead(200).end());

    expect(
      await send(`http://localhost:${receiver.port}/`, { addresses: ['127.0.0.2', '127.0.0.1'] }),
    ).toEqual({ delivered: true });
  });

  test('of this machine is found by its own resolver', async () => {
    expect(await resolveHost('localhost')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(127\.|::1$)/)]),
    );
  });
});
