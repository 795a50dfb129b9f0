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

/** A number as JSON may write it, with as many digits as it likes. */
const numberText = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9]\d{0,20}$/)),
    fraction: fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,20}$/)),
    exponent: fc.oneof(fc.constant(''), fc.stringMatching(/^[eE][+-]?\d{1,3}$/)),
  })
  .map(({ sign, whole, fraction, exponent }) => sign + whole + fraction + exponent);

test('any number keeps its value to the last digit, wherever it stands', () => {
  fc.assert(
    fc.property(numberText, fc.constantFrom('', ' ', '\n'), (number, space) => {
      const texts = [
        number,
        `[${space}${number}]`,
        `{"a":${space}${number}}`,
        `["e",${space}${number}${space}]`,
      ];
      for (const text of texts) {
        expect(exactValueOf(numberIn(rewritten(text)))).toEqual(exactValueOf(number));
      }
    }),
  );
});

const numberIn = (text: string) => /-?\d[\d.eE+-]*/.exec(text)?.[0] ?? '';

/** The number as an integer and how often it is divided by ten, with no zeros at its end. */
function exactValueOf(number: string): { digits: bigint; scale: number } {
  const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  let digits = BigInt(whole.replace('-', '') + fraction) * (number.startsWith('-') ? -1n : 1n);
  let scale = fraction.length - Number(exponent);
  while (digits !== 0n && digits % 10n === 0n) {
    digits /= 10n;
    scale--;
  }
  return { digits, scale: digits === 0n ? 0 : scale };
}

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
