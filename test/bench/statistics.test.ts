import { expect, test } from 'vitest';
import { median, slope } from './statistics.ts';

test('the median is the value in the middle, or between the two there', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 9, 2])).toBe(3);
  expect(() => median([])).toThrow(RangeError);
});

test('the slope is that of the line through the points, as near as one comes to all of them', () => {
  expect(slope([0, 1, 2].map((x) => ({ x, y: 7 + 3 * x })))).toBeCloseTo(3);
  expect(
    slope([
      { x: 0, y: 1 },
      { x: 1, y: 0 },
      { x: 2, y: 1 },
    ]),
  ).toBeCloseTo(0);
});
