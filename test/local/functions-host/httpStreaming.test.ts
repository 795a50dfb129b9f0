import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { sendRaw, startProject, streaming } from './project.ts';

const json = { 'content-type': 'application/json' };

const echo = `${streaming}
app.http('echo', { route: 'echo/{id}/{*rest}', methods: ['GET', 'HEAD', 'POST', 'DELETE'], handler: async (request) => ({
  jsonBody: { method: request.method, url: request.url, params: request.params, query: [...request.query],
    headers: Object.fromEntries(request.headers), body: await request.text() } }) });
`;

test('a request reaches its function as the caller sent it', async () => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  const response = await fetch(`${url}/api/echo/a%2Fb/x/y?q=1&q=2`, {
    method: 'POST',
    headers: { ...json, 'X-Mine': 'yes', 'x-forwarded-host': 'elsewhere', 'x-ms-invocation-id': 'forged' },
    body: '{"a":"é"}',
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    method: 'POST',
    url: `${url}/api/echo/a%2Fb/x/y?q=1&q=2`,
    params: { id: 'a%2Fb', rest: 'x/y' },
    query: [
      ['q', '1'],
      ['q', '2'],
    ],
    headers: { 'x-mine': 'yes', host: new URL(url).host },
    body: '{"a":"é"}',
  });
});

test.each(['POST', 'DELETE'])('a chunked %s body arrives whole', async (method) => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  const request = httpRequest(`${url}/api/echo/1`, {
    method,
    headers: { ...json, 'transfer-encoding': 'chunked' },
  });
  request.write('{"a":');
  request.end('1}');
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) {
    text += chunk;
  }
  expect(JSON.parse(text)).toMatchObject({ method, body: '{"a":1}' });
  expect((await fetch(`${url}/api/echo/2`)).status).toBe(200);
});

test('repeated headers are joined by commas', async () => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  const answer = await sendRaw(
    url,
    'GET /api/echo/1 HTTP/1.1\r\nHost: localhost\r\nX-Mine: a\r\nx-mine: b\r\nConnection: close\r\n\r\n',
  );
  expect(answer).toContain('"x-mine":"a,b"');
});

test('HEAD is served where it is listed, and is a 404 where it is not', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${echo} app.http('get', { methods: ['GET'], handler: async () => ({ body: 'x' }) });`,
  });
  const listed = await fetch(`${url}/api/echo/1`, { method: 'HEAD' });
  expect([listed.status, await listed.text()]).toEqual([200, '']);
  expect((await fetch(`${url}/api/get`, { method: 'HEAD' })).status).toBe(404);
});

test('a method or path of no function is a 404 without a body', async () => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  for (const [method, path] of [
    ['PUT', '/api/echo/1'],
    ['OPTIONS', '/api/echo/1'],
    ['GET', '/echo/1'],
    ['GET', '/'],
    ['GET', '//elsewhere/api/echo/1'],
  ] as const) {
    const response = await fetch(url + path, { method });
    expect([response.status, await response.text()], path).toEqual([404, '']);
  }
});

test('a body streams out as it is made, with its cookies one by one', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${streaming}
      let goOn; const first = new Promise((resolve) => { goOn = resolve; });
      app.http('slow', { handler: async () => ({ body: (async function* () { yield 'one '; await first; yield 'two'; })(),
        cookies: [{ name: 'a', value: '1' }, { name: 'b', value: '2 3' }] }) });
      app.http('release', { handler: async () => { goOn(); return {}; } });`,
  });
  const response = await fetch(`${url}/api/slow`);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2%203']);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('one ');
  await fetch(`${url}/api/release`);
  expect((await reader?.read())?.value).toBe('two');
});

test('a function that throws is a 500 without a body, whatever it throws, read its request or not', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('boom', { handler: async () => { throw new Error('the reason'); } });
      app.http('nil', { handler: async () => { throw null; } });
      app.http('odd', { handler: async () => 42 });
      app.http('ok', { handler: async () => ({ body: 'ok' }) });`,
  });
  for (const name of ['boom', 'nil', 'odd']) {
    const response = await fetch(`${host.url}/api/${name}`, {
      method: 'POST',
      headers: json,
      body: ' '.repeat(5_000_000),
    });
    expect([response.status, await response.text()], name).toEqual([500, '']);
  }
  await host.line('boom failed: Error: the reason');
  expect(await (await fetch(`${host.url}/api/ok`)).text()).toBe('ok');
});

test('a function that returns nothing is told so, where the real host would leave its caller waiting', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming} app.http('nothing', { handler: async () => {} });`,
  });
  expect((await fetch(`${host.url}/api/nothing`)).status).toBe(500);
  await host.line('nothing returned nothing');
});

test('an answer given before the body was read reaches its caller', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('early', { handler: async (request) => {
        for await (const chunk of request.body) { return { status: 413, body: 'enough' }; } } });`,
  });
  for (let call = 0; call < 3; call++) {
    const response = await fetch(`${url}/api/early`, {
      method: 'POST',
      headers: json,
      body: ' '.repeat(8_000_000),
    });
    expect([response.status, await response.text()]).toEqual([413, 'enough']);
  }
});

test('what a caller still sends after the answer is let through', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${streaming} app.http('boom', { handler: async () => { throw new Error('at once'); } });`,
  });
  const request = httpRequest(`${url}/api/boom`, { method: 'POST', headers: json });
  const sent = once(request, 'finish');
  // More than the buffers of both sockets hold.
  request.end(Buffer.alloc(64_000_000));
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(500);
  response.resume();
  await sent;
});

test('a body that breaks half-way breaks the answer off', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      let tear; const torn = new Promise((_, reject) => { tear = () => reject(new Error('torn')); });
      app.http('half', { handler: async () => ({ body: (async function* () { yield 'one'; await torn; })() }) });
      app.http('tear', { handler: async () => { tear(); return { body: 'ok' }; } });`,
  });
  const response = await fetch(`${host.url}/api/half`);
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('one');
  expect(await (await fetch(`${host.url}/api/tear`)).text()).toBe('ok');
  await expect(reader?.read()).rejects.toThrow('terminated');
  await host.line('half failed: Error: torn');
  await host.line('GET /api/half broken off');
});

test('a caller who leaves, early or late, takes nothing with him', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('read', { handler: async (request, context) => { context.log('reading'); return { body: await request.text() }; } });
      app.http('ignore', { handler: async (request, context) => { context.log('ignoring'); await new Promise((resolve) => process.once('SIGTERM', resolve)); return {}; } });
      app.http('ok', { handler: async () => ({ body: 'ok' }) });`,
  });
  for (const [name, said] of [
    ['read', 'reading'],
    ['ignore', 'ignoring'],
  ] as const) {
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    socket.write(
      `POST /api/${name} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`,
    );
    await host.line(said);
    socket.destroy();
    await host.line(`POST /api/${name} broken off`);
  }
  await host.line('read failed');
  for (let call = 0; call < 20; call++) {
    const socket = connect(Number(new URL(host.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET /api/ok HTTP/1.1\r\nHost: localhost\r\n\r\n', () => socket.destroy());
    await once(socket, 'close');
  }
  expect(await (await fetch(`${host.url}/api/ok`)).text()).toBe('ok');
  expect(host.lines.filter((line) => line.includes('host failed') || line.includes('Uncaught'))).toEqual([]);
});

test('a promise that a function forgot does not end the host', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('floating', { handler: async () => { void Promise.reject(new Error('forgotten')); return { body: 'ok' }; } });`,
  });
  await (await fetch(`${host.url}/api/floating`)).text();
  await host.line('Uncaught in the app: Error: forgotten');
  expect((await fetch(`${host.url}/api/floating`)).status).toBe(200);
});

test('large bodies pass up to 100 MB; beyond that is a 413, with and without Content-Length', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('size', { handler: async (request) => {
        let size = 0; for await (const chunk of request.body) size += chunk.length; return { body: String(size) }; } });`,
  });
  const limit = 104_857_600;
  const post = (body: Buffer | ReadableStream) =>
    fetch(`${url}/api/size`, { method: 'POST', headers: json, body, duplex: 'half' } as RequestInit);
  expect(await (await post(Buffer.alloc(limit))).text()).toBe(String(limit));

  const declared = await sendRaw(
    url,
    `POST /api/size HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${limit + 1}\r\nConnection: close\r\n\r\n`,
  );
  expect(declared).toMatch(/^HTTP\/1\.1 413 /);

  const megabyte = Buffer.alloc(1024 * 1024);
  const chunked = ReadableStream.from(
    (function* () {
      for (let sent = 0; sent <= limit; sent += megabyte.length) {
        yield megabyte;
      }
    })(),
  );
  const response = await post(chunked);
  expect([response.status, await response.text()]).toEqual([413, '']);
});

test('neither the host nor the library can be reached from the network', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      const { Server } = require('node:net'); const listen = Server.prototype.listen; const addresses = [];
      const servers = []; Server.prototype.listen = function (...args) { servers.push(this); return listen.apply(this, args); };
      app.http('addresses', { handler: async () => ({ jsonBody: servers.map((server) => server.address().address) }) });`,
  });
  expect(await (await fetch(`${host.url}/api/addresses`)).json()).toEqual(['127.0.0.1']);
});
