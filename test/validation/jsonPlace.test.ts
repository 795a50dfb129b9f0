import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeInJson } from '../../src/validation/jsonPlace.ts';

describe('the place where a text stops being JSON', () => {
  test.each([
    ['', 'line 1, column 1'],
    ['hunter2', 'line 1, column 1'],
    ['{"a": nope}', 'line 1, column 8'],
    ['{"a": 1,}', 'line 1, column 9'],
    ['{"a": 1', 'line 1, column 8'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3'],
    ['{\r\n  // why\r\n}', 'line 2, column 3'],
    ['[1, 2] 3', 'line 1, column 8'],
    ['NaN', 'line 1, column 1'],
    ['undefined', 'line 1, column 1'],
    ['[object Object]', 'line 1, column 2'],
    ['[NaN]', 'line 1, column 2'],
    ['["a\nb"]', 'line 1, column 4'],
    [`[${'1, '.repeat(1_000)}?]`, 'line 1, column 3002'],
  ])('of %j is %s', (text, place) => {
    expect(placeInJson(text)).toBe(place);
  });

  test('is a place of the text, and never shows any of it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '"', ':', ',', 'x', '1', '\n', '\\', 't') }),
        (text) => {
          fc.pre(!isJson(text));
          const [, line = '', column = ''] = /^line (\d+), column (\d+)$/.exec(placeInJson(text)) ?? [];
          const lines = text.split('\n');
          expect(Number(line)).toBeGreaterThanOrEqual(1);
          expect(Number(line)).toBeLessThanOrEqual(lines.length);
          expect(Number(column)).toBeLessThanOrEqual((lines[Number(line) - 1] ?? '').length + 1);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
