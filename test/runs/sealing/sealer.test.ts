import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LauncherError } from '../../../src/aci/errors.ts';
import { createSealer, SealBroken, type SealedPlace } from '../../../src/runs/sealing/sealer.ts';

const [old, current, other] = ['o', 'c', 'x'].map((letter) => letter.repeat(32)) as [string, string, string];
const place = { partition: 'jobs|nightly', row: 'run-1', field: 'secureEnv' };
const sealer = createSealer([current], randomBytes);

/** Text as a JSON string may hold it: any UTF-16 code units, halves of surrogate pairs included. */
const text = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((units) => units.map((unit) => String.fromCharCode(unit)).join(''));
const places = fc.record<SealedPlace>({ partition: text, row: text, field: text });

describe('a sealed value', () => {
  test('opens in its place as it was, whatever its characters', () => {
    fc.assert(
      fc.property(text, places, (plain, place) => {
        expect(sealer.open(sealer.seal(plain, place), place)).toBe(plain);
      }),
    );
    for (const plain of ['', 'größe', '😀', '\ud800', '\udc00\ud800', '\u0000"\\', 'x'.repeat(300_000)]) {
      expect(sealer.open(sealer.seal(plain, place), place)).toBe(plain);
    }
  });

  test('opens in no other place', () => {
    fc.assert(
      fc.property(places, places, (one, another) => {
        fc.pre(JSON.stringify(Object.values(one)) !== JSON.stringify(Object.values(another)));
        expect(() => sealer.open(sealer.seal('x', one), another)).toThrow(SealBroken);
      }),
    );
    const sealed = sealer.seal('x', { partition: 'a', row: 'b', field: 'c' });
    for (const moved of [
      { partition: 'ab', row: '', field: 'c' },
      { partition: '', row: 'ab', field: 'c' },
      { partition: 'b', row: 'a', field: 'c' },
      { partition: 'a', row: 'b', field: 'C' },
    ]) {
      expect(() => sealer.open(sealed, moved)).toThrow(SealBroken);
    }
  });

  test('does not open when a character of it is another, is missing, or is one too many', () => {
    const sealed = sealer.seal('hunter2', place);
    for (let at = 0; at < sealed.length; at += 1) {
      for (const character of ['A', 'B', '_', '.', ' ', '=', '+', '']) {
        const altered = sealed.slice(0, at) + character + sealed.slice(at + 1);
        if (altered !== sealed) {
          expect(() => sealer.open(altered, place)).toThrow(SealBroken);
        }
      }
      expect(() => sealer.open(sealed.slice(0, at), place)).toThrow(SealBroken);
      expect(() => sealer.open(`${sealed.slice(0, at)}A${sealed.slice(at)}`, place)).toThrow(SealBroken);
    }
  });

  test.each(['', 'v1', 'v1..', 'hunter2', '{}', 'v1.AAAAAAAA.', '\ud800'])('is not %j', (text) => {
    expect(() => sealer.open(text, place)).toThrow(SealBroken);
  });

  test('shows nothing of the value, of the secret or of the place, and is never the same text twice', () => {
    const one = sealer.seal('hunter2', place);

    expect(one).toMatch(/^v1\.[\w-]{8}\.[\w-]+$/);
    expect(one).not.toContain('hunter2');
    expect(sealer.seal('hunter2', place)).not.toBe(one);
    expect(createSealer([other], randomBytes).seal('x', place).slice(0, 11)).not.toBe(one.slice(0, 11));
  });

  test('takes its randomness from outside, 96 bits a value', () => {
    const asked: number[] = [];
    const fixed = createSealer([current], (n) => {
      asked.push(n);
      return new Uint8Array(n).fill(7);
    });

    expect(fixed.seal('x', place)).toBe(fixed.seal('x', place));
    expect(asked).toEqual([12, 12]);
  });
});

describe('a list of secrets', () => {
  test('opens what any of them sealed, and seals with the first', () => {
    const rotated = createSealer([current, old], randomBytes);
    const before = createSealer([old], randomBytes);

    expect(rotated.open(before.seal('kept', place), place)).toBe('kept');
    expect(sealer.open(rotated.seal('new', place), place)).toBe('new');
    expect(() => before.open(rotated.seal('new', place), place)).toThrow(SealBroken);
  });

  test('without the secret that sealed, it says what to do, and shows nothing', () => {
    const sealed = createSealer([old], randomBytes).seal('hunter2', place);
    const error = thrownBy(() => sealer.open(sealed, place));

    expect(error).toBeInstanceOf(LauncherError);
    expect(error).toMatchObject({ name: 'SealBroken', code: 'SealBroken' });
    expect(String(error)).toMatch(/'secureEnv'.* must stay in the list of the setting LAUNCHER_SECRET until/);
    expect(String(error)).not.toContain(old);
    expect(String(error)).not.toContain(sealed);
  });

  test('is not empty', () => {
    expect(() => createSealer([], randomBytes)).toThrow(RangeError);
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
