import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callbackUrlFaults } from '../../../src/runs/callbacks/callbackUrlFaults.ts';
import { readCallbackHosts } from '../../../src/runs/callbacks/readCallbackHosts.ts';

const setting =
  'hooks.example.org, *.Example.COM, ports.example.org:8443, *.ports.example.net:444, bücher.example, default.example.org:443';
const { hosts } = readCallbackHosts(setting, { allowLoopback: false });
const local = readCallbackHosts('localhost:7072,127.0.0.1:7072,[::1]:7072,localhost', {
  allowLoopback: true,
});

const away = (url: string) => callbackUrlFaults(url, hosts, { allowLoopback: false });
const here = (url: string) => callbackUrlFaults(url, local.hosts, { allowLoopback: true });

describe('a callback may go to', () => {
  test.each([
    'https://hooks.example.org',
    'https://HOOKS.example.org:443/path?code=secret',
    'https://a.example.com/',
    'https://a.b.EXAMPLE.com/',
    'https://ports.example.org:8443/x',
    'https://a.ports.example.net:444/x',
    'https://b%C3%BCcher.example/',
    'https://bücher.example/',
    'https://xn--bcher-kva.example/',
    'https://default.example.org/',
  ])('%s', (url) => {
    expect(away(url)).toEqual([]);
  });

  test.each([
    'http://localhost:7072/x',
    'https://localhost:7072/x',
    'http://127.0.0.1:7072/x',
    'http://[::1]:7072/x',
    'http://localhost/x',
    'https://localhost/x',
  ])('%s on one machine', (url) => {
    expect(here(url)).toEqual([]);
    expect(callbackUrlFaults(url, local.hosts, { allowLoopback: false })).not.toEqual([]);
  });
});

describe('a callback must not go to', () => {
  const notAllowed = /is not in the app's setting CALLBACK_HOSTS/;
  test.each([
    ['', /not an absolute/],
    ['hooks.example.org', /not an absolute/],
    ['/path', /not an absolute/],
    ['https://', /not an absolute/],
    ['https://hooks.exa\nmple.org/', /not an absolute/],
    [' https://hooks.example.org/', /not an absolute/],
    ['mailto:a@hooks.example.org', /not an absolute/],
    ['http://hooks.example.org/', /must be an https/],
    ['ftp://hooks.example.org/', /must be an https/],
    ['https://user@hooks.example.org/', /user name or a password/],
    ['https://:password@hooks.example.org/', /user name or a password/],
    ['https://hooks.example.org/#x', /fragment/],
    ['https://hooks.example.org/#', /fragment/],
    ['https://hooks.example.org:8443/', notAllowed],
    ['https://x.hooks.example.org/', notAllowed],
    ['https://hooks.example.org./', notAllowed],
    ['https://hooks.example.org.evil.net/', notAllowed],
    ['https://evilhooks.example.org/', notAllowed],
    ['https://example.com/', notAllowed],
    ['https://evilexample.com/', notAllowed],
    ['https://a.example.com:444/', notAllowed],
    ['https://ports.example.org/', notAllowed],
    ['https://ports.example.org:443/', notAllowed],
    ['https://localhost/', /must name a public host/],
    ['https://hooks.example.org\\@evil.net/', /not an absolute/],
    ['https:\\\\hooks.example.org/', /not an absolute/],
  ])('%j', (url, fault) => {
    expect(away(url)).toEqual([expect.stringMatching(fault)]);
  });

  test.each([
    'https://1.2.3.4/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://127.1/',
    'https://１２７.０.０.１/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[2001:db8::1]/',
  ])('the address %s', (url) => {
    expect(away(url)).toEqual([expect.stringMatching(/must name a public host/)]);
    expect(callbackUrlFaults(url, [URL.parse(url)?.host ?? ''], { allowLoopback: false })).not.toEqual([]);
  });

  test.each(['https://[::ffff:127.0.0.1]:7072/', 'http://127.0.0.2:7072/', 'http://10.0.0.1:7072/'])(
    'the address %s on one machine',
    (url) => {
      expect(here(url).length).toBeGreaterThan(0);
    },
  );

  test('a URL of more than 2,048 characters', () => {
    const url = `https://hooks.example.org/${'x'.repeat(2_048 - 26)}`;

    expect(away(url)).toEqual([]);
    expect(away(`${url}x`)).toEqual(['It is longer than 2048 characters.']);
  });

  test('anywhere when no host is allowed', () => {
    expect(callbackUrlFaults('https://hooks.example.org/', [], { allowLoopback: false })).toEqual([
      expect.stringMatching(notAllowed),
    ]);
  });

  test('says every fault at once, and nothing of the URL but its host', () => {
    const faults = away('http://user:hunter2@evil.net/hunter2?code=hunter2#hunter2');

    expect(faults).toHaveLength(4);
    expect(faults.join()).toContain("'evil.net'");
    expect(faults.join()).not.toContain('hunter2');
  });

  test('whatever is no URL of an allowed host', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const faults = away(url);
        expect(faults).not.toEqual([]);
        const { pathname = '/', search = '' } = URL.parse(url) ?? {};
        for (const hidden of [pathname, search].filter((part) => part.length > 12)) {
          expect(faults.join()).not.toContain(hidden);
        }
      }),
    );
  });

  test('a wildcard matches whole labels below its host alone', () => {
    const label = fc.stringMatching(/^[a-z]([a-z0-9]{0,8})$/);
    fc.assert(
      fc.property(fc.array(label, { minLength: 1, maxLength: 4 }), label, (labels, prefix) => {
        expect(away(`https://${labels.join('.')}.example.com/`)).toEqual([]);
        expect(away(`https://${labels.join('.')}.${prefix}xexample.com/`)).not.toEqual([]);
        expect(away(`https://example.com.${labels.join('.')}.net/`)).not.toEqual([]);
      }),
    );
  });
});

describe('CALLBACK_HOSTS', () => {
  test('is read in lower case and Punycode, each host once', () => {
    expect(readCallbackHosts(`${setting},hooks.EXAMPLE.org,`, { allowLoopback: false })).toEqual({
      hosts: [
        'hooks.example.org',
        '*.example.com',
        'ports.example.org:8443',
        '*.ports.example.net:444',
        'xn--bcher-kva.example',
        'default.example.org',
      ],
      faults: [],
    });
    expect(local).toEqual({
      hosts: ['localhost:7072', '127.0.0.1:7072', '[::1]:7072', 'localhost'],
      faults: [],
    });
  });

  test.each([undefined, '', ' ', ','])('allows no host when it is %j', (value) => {
    expect(readCallbackHosts(value, { allowLoopback: true })).toEqual({ hosts: [], faults: [] });
  });

  test.each([
    '*',
    '*.',
    '*.org',
    '*.*.example.org',
    'a.*.example.org',
    'hooks*.example.org',
    'hooks',
    'localhost',
    '127.0.0.1',
    '[::1]',
    '1.2.3.4',
    '*.1.2.3.4',
    '2130706433',
    '[2001:db8::1]',
    'https://hooks.example.org',
    'hooks.example.org/path?code=hunter2',
    'user:hunter2@hooks.example.org',
    'hooks.example.org#x',
    'hooks.example.org.',
    '.example.org',
    '-x.example.org',
    'hooks.example.org:0',
    'hooks.example.org:65536',
    'hooks.example.org:x',
    'hooks example.org',
    'hooks.example.org; evil.net',
  ])('refuses %j by its number', (entry) => {
    const { hosts, faults } = readCallbackHosts(`a.example.org,${entry}`, { allowLoopback: false });

    expect(hosts).toEqual(['a.example.org']);
    expect(faults).toEqual([expect.stringMatching(/^Entry 2 of 2 must be a public host's name/)]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test.each(['*.localhost', '127.0.0.2', '10.0.0.1', '*.127.0.0.1'])('refuses %j on one machine', (entry) => {
    expect(readCallbackHosts(entry, { allowLoopback: true }).faults).toHaveLength(1);
  });
});
