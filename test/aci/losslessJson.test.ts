import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKeptNumber, parseLossless } from '../../src/aci/losslessJson.ts';

const rewritten = (text: string) => JSON.stringify(parseLossless(text));

test.each([
  '9223372036854775807',
  '-9007199254740993',
  '1e400',
  '0.10000000000000000555',
  '123456789012345678901234567890.5',
])('%s, which no JavaScript number holds, comes back as it came', (number) => {
  expect(rewritten(`{"a":[${number}]}`)).toBe(`{"a":[${number}]}`);
  expect(isKeptNumber((parseLossless(`[${number}]`) as unknown[])[0])).toBe(true);
});

test.each(['0', '1', '-7', '1.5', '1.50', '2E3', '15e-1', '1e21', '9007199254740991'])(
  '%s is a plain number',
  (number) => {
    expect(parseLossless(number)).toBe(Number(number));
  },
);

test('any JSON comes back with the same meaning', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(rewritten(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('a number of any length is read in time that grows no faster than its length', () => {
  const text = `[1${'0'.repeat(2_000_000)}1]`; // at the square of it, this would take an hour

  expect(rewritten(text)).toBe(text);
});
