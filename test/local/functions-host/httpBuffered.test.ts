import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import { head, sendRaw, startProject } from './project.ts';

const json = { 'content-type': 'application/json' };

const echo = `${head}
app.http('echo', { route: 'echo/{id?}', methods: ['GET', 'HEAD', 'POST'], handler: async (request) => ({
  jsonBody: { method: request.method, url: request.url, params: request.params, query: Object.fromEntries(request.query),
    headers: Object.fromEntries(request.headers), body: await request.text() } }) });
`;

test('a request reaches its function, with repeated query values joined by commas', async () => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  const response = await fetch(`${url}/api/echo/a%20b?q=1&q=2`, {
    method: 'POST',
    headers: json,
    body: '{"a":"é"}',
  });
  expect(await response.json()).toMatchObject({
    method: 'POST',
    url: `${url}/api/echo/a%20b?q=1&q=2`,
    params: { id: 'a b' },
    query: { q: '1,2' },
    headers: { host: new URL(url).host },
    body: '{"a":"é"}',
  });
});

test('a chunked body does not arrive', async () => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  const request = httpRequest(`${url}/api/echo`, {
    method: 'POST',
    headers: { ...json, 'transfer-encoding': 'chunked' },
  });
  request.end('{"a":1}');
  const [response] = await once(request, 'response');
  let text = '';
  for await (const chunk of response) {
    text += chunk;
  }
  expect(JSON.parse(text)).toMatchObject({ body: '' });
});

test('a function that returns nothing is a 204; one that throws, a 500 without a body', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${head}
      app.http('nothing', { handler: async () => {} });
      app.http('boom', { handler: async () => { throw new Error('x'); } });`,
  });
  for (const [name, status] of [
    ['nothing', 204],
    ['boom', 500],
  ] as const) {
    const response = await fetch(`${url}/api/${name}`);
    expect([response.status, await response.text()]).toEqual([status, '']);
  }
});

test('status, headers, bytes and cookies come back', async () => {
  const { url } = await startProject({
    'dist/main.cjs': `${head}
      app.http('full', { methods: ['GET', 'HEAD'], handler: async () => ({ status: 202, headers: { 'X-Mine': 'yes' }, body: Buffer.from([0, 255]),
        cookies: [{ name: 'a', value: '1', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 60, domain: 'localhost' },
                  { name: 'b', value: '2 3', path: '/api', sameSite: 'None', expires: new Date(0 + 1000) }] }) });`,
  });
  const response = await fetch(`${url}/api/full`);
  expect(response.status).toBe(202);
  expect(response.headers.get('x-mine')).toBe('yes');
  expect(response.headers.getSetCookie()).toEqual([
    'a=1; max-age=60; domain=localhost; path=/; samesite=lax; secure; httponly',
    'b=2%203; expires=Thu, 01 Jan 1970 00:00:01 GMT; path=/api; samesite=none',
  ]);
  expect([...(await response.bytes())]).toEqual([0, 255]);
  const bare = await fetch(`${url}/api/full`, { method: 'HEAD' });
  expect([bare.status, await bare.text()]).toEqual([202, '']);
});

test('a body over 100 MB is a 413, declared or not', async () => {
  const { url } = await startProject({ 'dist/main.cjs': echo });
  const declared = await sendRaw(
    url,
    'POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 104857601\r\nConnection: close\r\n\r\n',
  );
  expect(declared).toMatch(/^HTTP\/1\.1 413 /);
  const request = httpRequest(`${url}/api/echo`, {
    method: 'POST',
    headers: { ...json, 'transfer-encoding': 'chunked' },
  });
  request.end(Buffer.alloc(104_857_601));
  const [response] = await once(request, 'response');
  expect(response.statusCode).toBe(413);
  response.resume();
});
