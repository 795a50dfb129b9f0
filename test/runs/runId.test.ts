import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createdAtOf, newRunId } from '../../src/runs/runId.ts';

const time = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('a run id', () => {
  test('tells when its run was asked for, to the millisecond', () => {
    fc.assert(
      fc.property(time, random, (now, bytes) => {
        expect(createdAtOf(newRunId(now, bytes))).toBe(now);
        expect(createdAtOf(newRunId(now, bytes).toUpperCase())).toBe(now);
      }),
    );
  });

  test('sorts, as text, by the time of its run', () => {
    fc.assert(
      fc.property(time, random, time, random, (one, oneRandom, other, otherRandom) => {
        fc.pre(one < other);
        expect(newRunId(one, oneRandom) < newRunId(other, otherRandom)).toBe(true);
      }),
    );
  });

  test('is another one for another run of the same millisecond', () => {
    const ids = [0, 1, 2].map((byte) => newRunId(1, new Uint8Array(16).fill(byte)));

    expect(new Set(ids).size).toBe(3);
  });

  test.each([
    '',
    'latest',
    '019a0000-0000-7000-8000-00000000000', // too short
    '019a0000-0000-7000-8000-0000000000000', // too long
    '019a0000000070008000000000000000',
    '{019a0000-0000-7000-8000-000000000000}',
    ' 019a0000-0000-7000-8000-000000000000',
    '019a0000-0000-7000-8000-000000000000\n',
    '019a0000-0000-4000-8000-000000000000', // version 4
    '019a0000-0000-7000-0000-000000000000', // not of RFC 9562's variant
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '019a0000-0000-7000-8000-00000000000g',
  ])('is not %j', (text) => {
    expect(createdAtOf(text)).toBeUndefined();
  });
});
