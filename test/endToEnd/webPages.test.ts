import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { type App, startApp } from './app.ts';
import { atOnce, createGroup, groupPath, resourceId } from './groups.ts';

let emulator: Emulator;
let app: App;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(emulator, 'one', { command: ['node', '-e', ''] });
  app = await startApp({ arm: emulator });
});
afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

/** Sends what a browser would for a page elsewhere; `fetch` lets nobody set these headers. */
function send(
  origin: string,
  path: string,
  method: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('error', reject);
    sent.end(method === 'GET' ? undefined : '{}');
  });
}

const json = { 'content-type': 'application/json' };

describe.each(['the host', 'the emulator'])('a web page elsewhere cannot make %s do anything', (which) => {
  const target = () =>
    which === 'the host'
      ? { origin: app.url, path: `${groupPath('one')}/runs`, method: 'POST' }
      : { origin: emulator.armEndpoint, path: `${resourceId('one')}?api-version=2026-07-01`, method: 'PUT' };

  test.each<[string, Record<string, string>, number]>([
    ['by DNS rebinding', { ...json, host: 'evil.example' }, 403],
    ['by DNS rebinding to a name that starts alike', { ...json, host: 'localhost.evil.example' }, 403],
    ['with its Origin', { ...json, origin: 'https://evil.example' }, 403],
    ['from a sandboxed frame', { ...json, origin: 'null' }, 403],
    ['from another port of this machine', { ...json, origin: 'http://localhost:1' }, 403],
    ['by a cross-site request', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['by a same-site request', { ...json, 'sec-fetch-site': 'same-site' }, 403],
    ['with a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['with plain text', { 'content-type': 'text/plain' }, 415],
    ['with no type at all', {}, 415],
  ])('%s', async (_, headers, status) => {
    const { origin, path, method } = target();
    const before = emulator.requests.length;

    expect(await send(origin, path, method, headers)).toBe(status);
    expect(emulator.requests.slice(before).filter((call) => call.status < 400)).toEqual([]);
  });

  test('nor can it read: no answer allows another origin', async () => {
    const { origin } = target();
    const answer = await fetch(`${origin}/api/health`);

    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('the person at this machine is served, by name and by address', async () => {
  const port = new URL(app.url).port;
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `LOCALHOST:${port}`]) {
    expect(await send(app.url, '/api/health', 'GET', { host })).toBe(200);
  }
  expect(
    await send(app.url, '/api/health', 'GET', {
      host: `localhost:${port}`,
      origin: app.url,
      'sec-fetch-site': 'same-origin',
    }),
  ).toBe(200);
});
