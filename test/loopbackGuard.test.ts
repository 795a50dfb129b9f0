import { describe, expect, test } from 'vitest';
import { isJson, isLoopbackHost, refuseForeign } from '../src/loopbackGuard.ts';

type Sent = { method?: string; host?: string | undefined } & Record<string, string | undefined>;

/** Why a request is refused; undefined when it passes. */
function refusal({ method = 'GET', ...sent }: Sent): string | undefined {
  const host = 'host' in sent ? sent.host : 'localhost:7071';
  const refused = refuseForeign({ method, host, header: (name) => sent[name] });
  return refused && `${refused.status} ${refused.code}`;
}

describe('a request by its Host', () => {
  test.each([
    'localhost',
    'localhost:7071',
    'LOCALHOST:7071',
    '127.0.0.1',
    '127.0.0.1:80',
    '[::1]',
    '[::1]:7071',
  ])('passes for %s', (host) => {
    expect(refusal({ host })).toBeUndefined();
    expect(isLoopbackHost(host)).toBe(true);
  });

  test.each([
    '',
    'example.org',
    'example.org:7071',
    'localhost.example.org',
    'localhost.',
    'xlocalhost',
    'localhost:7071@example.org',
    'localhost:x',
    'localhost:7071:7071',
    '127.0.0.1.nip.io',
    '127.0.0.2',
    '127.1',
    '0.0.0.0',
    '::1',
    '[::1]x',
    '[::ffff:127.0.0.1]',
    '10.0.0.4',
    'localhost\n',
  ])('is refused for %j', (host) => {
    expect(refusal({ host })).toBe('403 HostNotAllowed');
    expect(isLoopbackHost(host)).toBe(false);
  });

  test('is refused without one', () => {
    expect(refusal({ host: undefined })).toBe('403 HostNotAllowed');
  });
});

describe('a request by its Origin', () => {
  test.each([
    [undefined, undefined],
    ['http://localhost:7071', undefined],
    ['http://LOCALHOST:7071', undefined],
    ['null', '403 OriginNotAllowed'],
    ['', '403 OriginNotAllowed'],
    ['http://localhost', '403 OriginNotAllowed'],
    ['http://localhost:3000', '403 OriginNotAllowed'],
    ['http://127.0.0.1:7071', '403 OriginNotAllowed'],
    ['https://example.org', '403 OriginNotAllowed'],
    ['http://localhost:7071.example.org', '403 OriginNotAllowed'],
    ['http://example.org/localhost:7071', '403 OriginNotAllowed'],
    ['http://localhost:7071@example.org', '403 OriginNotAllowed'],
    ['file://', '403 OriginNotAllowed'],
  ])('%s: %s', (origin, expected) => {
    expect(refusal({ origin })).toBe(expected);
  });
});

describe('a request by its Sec-Fetch-Site', () => {
  test.each([
    [undefined, undefined],
    ['same-origin', undefined],
    ['none', undefined],
    ['same-site', '403 CrossSiteRequest'],
    ['cross-site', '403 CrossSiteRequest'],
    ['', '403 CrossSiteRequest'],
    ['of-tomorrow', '403 CrossSiteRequest'],
  ])('%s: %s', (site, expected) => {
    expect(refusal({ 'sec-fetch-site': site })).toBe(expected);
  });
});

describe('a request by the type of its body', () => {
  const unsupported = '415 UnsupportedMediaType';

  test.each<[Sent, string | undefined]>([
    [{ method: 'GET', 'content-type': 'text/plain' }, undefined],
    [{ method: 'HEAD', 'content-type': 'text/plain' }, undefined],
    [{ method: 'POST' }, undefined],
    [{ method: 'POST', 'content-length': '0' }, undefined],
    [{ method: 'POST', 'content-type': 'application/json', 'content-length': '2' }, undefined],
    [{ method: 'POST', 'content-type': 'application/cloudevents+json; charset=utf-8' }, undefined],
    [{ method: 'POST', 'content-length': '2' }, unsupported],
    [{ method: 'POST', 'transfer-encoding': 'chunked' }, unsupported],
    [{ method: 'POST', 'content-type': '' }, unsupported],
    [{ method: 'POST', 'content-type': 'text/plain' }, unsupported],
    [{ method: 'POST', 'content-type': 'text/plain;application/json' }, unsupported],
    [{ method: 'POST', 'content-type': 'application/x-www-form-urlencoded' }, unsupported],
    [{ method: 'POST', 'content-type': 'multipart/form-data; boundary=x' }, unsupported],
    [{ method: 'DELETE', 'content-type': 'text/plain' }, unsupported],
    [{ method: 'PUT', 'content-length': '2' }, unsupported],
    [{ method: 'OPTIONS', 'content-type': 'text/plain' }, unsupported],
  ])('%j: %s', (sent, expected) => {
    expect(refusal(sent)).toBe(expected);
  });

  test.each([
    ['application/json', true],
    [' application/json ', true],
    ['application/json ; charset=utf-8', true],
    ['APPLICATION/PROBLEM+JSON', true],
    ['application/a.b-c+json', true],
    ['application/+json', false],
    ['application/a+b/json', false],
    ['application/json+x', false],
    ['xapplication/json', false],
    [undefined, false],
  ])('%j is JSON: %s', (type, expected) => {
    expect(isJson(type)).toBe(expected);
  });
});

describe('why a request is refused', () => {
  test('is said, with what it sent', () => {
    expect(refuseForeign({ method: 'GET', host: 'example.org', header: () => undefined })?.message).toBe(
      "Host 'example.org' is not this machine; use localhost, 127.0.0.1 or [::1].",
    );
  });
});
