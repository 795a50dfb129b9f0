import { describe, expect, test } from 'vitest';
import { createCanaries } from './canaries.ts';

const canaries = createCanaries();
const secret = canaries.secret('a secret');
const token = 'A_token-of_64+characters/with~everything'.repeat(2);
canaries.watch('a token', token);

const writers: [string, (text: string) => string][] = [
  ['as it is', (text) => text],
  ['in JSON', (text) => JSON.stringify({ deep: JSON.stringify({ text }) })],
  ['in a URL', (text) => encodeURIComponent(text)],
  ['in hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ['in upper case hexadecimal', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ...[0, 1, 2, 3, 4].flatMap((before): [string, (text: string) => string][] => [
    [
      `in base64 after ${before}`,
      (text) => Buffer.from(`${'x'.repeat(before)}${text}more`).toString('base64'),
    ],
    [
      `in base64url after ${before}`,
      (text) => Buffer.from(`${'x'.repeat(before)}${text}`).toString('base64url'),
    ],
  ]),
];

describe.each(writers)('a secret %s', (_, write) => {
  test('is found', () => {
    expect(canaries.foundIn(`before ${write(secret)} after`)).toEqual(['a secret']);
    expect(canaries.foundIn(write(`before ${secret} after`))).toEqual(['a secret']);
  });
});

test('half of a secret is found, too', () => {
  expect(canaries.foundIn(secret.slice(0, secret.length / 2))).toEqual(['a secret']);
});

test('a token in the middle of base64 is found', () => {
  expect(canaries.foundIn(Buffer.from(`ab${token}`).toString('base64'))).toEqual(['a token']);
});

test('nothing is found where there is nothing', () => {
  expect(canaries.foundIn(JSON.stringify({ nothing: 'here', but: 'words' }))).toEqual([]);
});
