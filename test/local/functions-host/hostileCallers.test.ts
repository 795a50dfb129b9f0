import { expect, test } from 'vitest';
import { type RunningHost, sendRaw, startProject, streaming } from './project.ts';

const app = `${streaming}
app.http('echo', { route: 'echo/{id}', handler: async (request, context) => { context.log('reached'); return { jsonBody: request.params }; } });
`;

async function statusOf(host: RunningHost, requestLine: string, ...headers: string[]) {
  const answer = await sendRaw(
    host.url,
    [`${requestLine} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'),
  );
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
}

test('a web page elsewhere is refused before any function sees it', async () => {
  const host = await startProject({ 'dist/main.cjs': app });
  const get = 'GET /api/echo/1';
  expect(await statusOf(host, get, 'Host: evil.example')).toBe(403);
  expect(await statusOf(host, get, 'Host: localhost', 'Host: evil.example')).toBe(403);
  expect(await statusOf(host, get, 'Host: localhost', 'Origin: https://evil.example')).toBe(403);
  expect(await statusOf(host, get, 'Host: localhost', 'Origin: null')).toBe(403);
  expect(await statusOf(host, get, 'Host: localhost', 'Sec-Fetch-Site: cross-site')).toBe(403);
  expect(
    await statusOf(
      host,
      'POST /api/echo/1',
      'Host: localhost',
      'Content-Type: text/plain',
      'Content-Length: 0',
    ),
  ).toBe(415);
  expect(await statusOf(host, 'GET http://evil.example/api/echo/1', 'Host: localhost')).toBe(400);
  expect(host.lines.filter((line) => line.includes('reached'))).toEqual([]);
});

test('a refusal says why in the envelope of Azure errors', async () => {
  const host = await startProject({ 'dist/main.cjs': app });
  const response = await fetch(`${host.url}/api/echo/1`, { method: 'POST', body: 'text' });
  expect(response.status).toBe(415);
  expect(await response.json()).toEqual({
    error: { code: 'UnsupportedMediaType', message: expect.stringContaining('application/json') },
  });
});

test('percent signs that encode nothing stay as they are; an encoded null is a 400', async () => {
  const host = await startProject({ 'dist/main.cjs': app });
  expect(await (await fetch(`${host.url}/api/echo/%zz%ff%`)).json()).toEqual({ id: '%zz%ff%' });
  expect((await fetch(`${host.url}/api/echo/a%00b`)).status).toBe(400);
});

test('a Host whose port is none is a 400, and bytes that are no HTTP do no harm', async () => {
  const host = await startProject({ 'dist/main.cjs': app });
  expect(await statusOf(host, 'GET /api/echo/1', 'Host: localhost:99999')).toBe(400);
  expect(await sendRaw(host.url, '\x16\x03\x01\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect((await fetch(`${host.url}/api/echo/1`)).status).toBe(200);
});

test('the log names path and status of a call, and never its query', async () => {
  const host = await startProject({ 'dist/main.cjs': app });
  await fetch(`${host.url}/api/echo/1?code=very-secret`);
  expect(await host.line('GET /api/echo/1')).toMatch(/^GET \/api\/echo\/1 200 \d+ ms$/);
  expect(host.lines.join('\n')).not.toContain('very-secret');
});
