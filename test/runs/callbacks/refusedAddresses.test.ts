import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusedAddress } from '../../../src/runs/callbacks/refusedAddresses.ts';

const away = { allowLoopback: false };
const here = { allowLoopback: true };

/** The ranges once more, first and last address of each, written down independently of the code. */
const ranges = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['168.63.129.16', '168.63.129.16'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
].map(([first = '', last = '']) => ({ first: numberOf(first), last: numberOf(last) }));

const refusedIpv4 = fc
  .constantFrom(...ranges)
  .chain(({ first, last }) => fc.integer({ min: first, max: last }));
const anyIpv4 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));

describe('an IPv4 address', () => {
  test('is refused in every range that is not public', () => {
    fc.assert(
      fc.property(refusedIpv4, (address) => {
        expect(isRefusedAddress(dotted(address), away)).toBe(true);
      }),
    );
    for (const { first, last } of ranges) {
      expect([first, last].map((address) => isRefusedAddress(dotted(address), away))).toEqual([true, true]);
    }
  });

  test('passes everywhere else, next to those ranges too', () => {
    const isPublic = (address: number) =>
      address >= 0 && !ranges.some(({ first, last }) => first <= address && address <= last);
    fc.assert(
      fc.property(anyIpv4, (address) => {
        expect(isRefusedAddress(dotted(address), away)).toBe(!isPublic(address));
      }),
      { numRuns: 1_000 },
    );
    const neighbours = ranges.flatMap(({ first, last }) => [first - 1, last + 1]).filter(isPublic);
    for (const address of neighbours.filter((address) => address < 2 ** 32)) {
      expect(isRefusedAddress(dotted(address), away)).toBe(false);
    }
  });

  test('is refused in each of its IPv6 forms', () => {
    fc.assert(
      fc.property(anyIpv4, fc.boolean(), (address, allowLoopback) => {
        const [high, low] = [(address >>> 16).toString(16), (address & 0xffff).toString(16)];
        for (const form of [
          `::ffff:${dotted(address)}`,
          `::FFFF:${high}:${low}`,
          `::ffff:0:${high}:${low}`,
          `64:ff9b::${dotted(address)}`,
          `64:ff9b:1::${high}:${low}`,
          `2002:${high}:${low}::1`,
          `2001:0:${high}:${low}::1`,
          `2001:0:4136:e378:8000:63bf:${high}:${low}`,
        ]) {
          expect(isRefusedAddress(form, { allowLoopback })).toBe(true);
        }
        fc.pre(address !== 1);
        expect(isRefusedAddress(`::${dotted(address)}`, { allowLoopback })).toBe(true);
      }),
    );
  });
});

describe('an IPv6 address', () => {
  test.each([
    '::',
    '::1',
    '100::1',
    'fc00::1',
    'fdff:ffff::1',
    'fe80::1',
    'febf::1',
    'fec0::1',
    'ff02::1',
    'ff0e::1',
    '2001:db8::1',
    '2001:2::1',
    '2001:20::1',
    '3fff:fff::1',
    '5f00::1',
    '4000::1',
    '1fff::1',
  ])('is refused when it is %s', (address) => {
    expect(isRefusedAddress(address, away)).toBe(true);
  });

  test.each(['2606:4700::1111', '2603:1030:20e:3::23c', '2a00:1450:4001::200e', '2001:200::1', '3ffe::1'])(
    'passes when it is %s',
    (address) => {
      expect(isRefusedAddress(address, away)).toBe(false);
    },
  );

  test('is refused outside of global unicast, whatever follows', () => {
    const outside = fc
      .integer({ min: 0, max: 0xffff })
      .filter((first) => first >> 13 !== 1)
      .map((first) => first.toString(16));
    fc.assert(
      fc.property(outside, fc.array(group, { minLength: 7, maxLength: 7 }), (first, rest) => {
        expect(isRefusedAddress([first, ...rest].join(':'), away)).toBe(true);
      }),
    );
  });
});

test.each(['', 'localhost', '1.2.3', '1.2.3.4.5', '01.2.3.4', '2606:4700::1111%eth0', '[::1]', 'fe80::1%1'])(
  'what is no address is refused: %j',
  (text) => {
    expect([isRefusedAddress(text, away), isRefusedAddress(text, here)]).toEqual([true, true]);
  },
);

test('on one machine its loopback passes, and nothing else more', () => {
  for (const address of ['127.0.0.1', '127.255.255.255', '::1', '0:0:0:0:0:0:0:1']) {
    expect([isRefusedAddress(address, away), isRefusedAddress(address, here)]).toEqual([true, false]);
  }
  for (const address of ['::ffff:127.0.0.1', '::127.0.0.1', '0.0.0.0', '10.0.0.1', '169.254.169.254', '::']) {
    expect(isRefusedAddress(address, here)).toBe(true);
  }
});

function numberOf(address: string): number {
  return address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
