import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { showConsole, showConsoleFile } from '../../src/functions/console.ts';
import { call } from './call.ts';

const file = (type: string, text: string) => ({ type, gzipped: gzipSync(text) });
const consoleFiles = async () =>
  new Map([
    ['index.html', file('text/html; charset=utf-8', '<!doctype html>')],
    ['app-1a2b.js', file('text/javascript; charset=utf-8', 'render()')],
  ]);

const page = (headers: Record<string, string> = {}) => call(showConsole({ consoleFiles }), { headers });
const asset = (name: string, headers: Record<string, string> = {}) =>
  call(showConsoleFile({ consoleFiles }), { params: { file: name }, headers });

describe('the console', () => {
  test('may load its own files and call its own app, and nothing else', async () => {
    for (const { headers } of [await page(), await asset('app-1a2b.js')]) {
      const policy = new Map(
        (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
          const [name = '', ...sources] = rule.split(' ');
          return [name, sources.join(' ')] as const;
        }),
      );
      expect(Object.fromEntries(policy)).toEqual({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'img-src': "'self'",
        'connect-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'none'",
        'frame-ancestors': "'none'",
        'require-trusted-types-for': "'script'",
        'trusted-types': "'none'",
      });
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  test('is asked for anew each time, and what it loads never again, for its name changes with it', async () => {
    expect((await page()).headers.get('cache-control')).toBe('no-cache');
    expect((await asset('app-1a2b.js')).headers.get('cache-control')).toBe(
      'public, max-age=31536000, immutable',
    );
  });

  test('is compressed for who takes that, and as it is for who does not', async () => {
    const plain = await page();
    const gzipped = await page({ 'accept-encoding': 'br, gzip;q=0.5' });

    expect([plain.headers.get('content-encoding'), plain.text]).toEqual([null, '<!doctype html>']);
    expect(gzipped.headers.get('content-encoding')).toBe('gzip');
    expect((await page({ 'accept-encoding': 'gzip;q=0' })).headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('vary')).toBe('accept-encoding');
  });

  test.each(['app.js', 'index.html', '../main.cjs', '..%2Fmain.cjs', 'app-1a2b.js.gz', '', '__proto__'])(
    'has no file %j',
    async (name) => {
      expect(await asset(name)).toMatchObject({
        status: 404,
        json: { error: { code: 'ConsoleFileNotFound' } },
      });
    },
  );
});
