import { expect, test } from 'vitest';
import { backoffMs, nextLookMs } from '../../src/console/polling.ts';
import { ago } from '../../src/console/words/ago.ts';
import { duration } from '../../src/console/words/duration.ts';
import { meaningOf } from '../../src/console/words/reasons.ts';

test.each([
  [-5, '0 s'],
  [0, '0 s'],
  [420, '0.4 s'],
  [9_960, '10 s'],
  [59_400, '59 s'],
  [59_600, '1 min'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
  [86_400_000, '1 d'],
  [100_000_000, '1 d 3 h'],
])('%d milliseconds are %s', (milliseconds, words) => {
  expect(duration(milliseconds)).toBe(words);
});

test.each([
  [0, 'now'],
  [-12_000, '12 seconds ago'],
  [-61_000, '1 minute ago'],
  [-7_200_000, '2 hours ago'],
  [-86_400_000, 'yesterday'],
  [300_000, 'in 5 minutes'],
])('%d milliseconds from now are %s', (difference, words) => {
  expect(ago(1_000_000_000_000 + difference, 1_000_000_000_000)).toBe(words);
});

test('a reason that this page does not know yet means nothing to it', () => {
  expect(meaningOf('Queued')).toMatch(/queue/);
  expect([meaningOf('Brandnew'), meaningOf('toString')]).toEqual(['', '']);
});

test('a view asks every 2 seconds at first, every 5 later, and less and less often of who does not answer', () => {
  expect([0, 59_999, 60_000, Number.POSITIVE_INFINITY].map(nextLookMs)).toEqual([2_000, 2_000, 5_000, 5_000]);
  expect([1, 2, 3, 5, 6, 1_000].map(backoffMs)).toEqual([1_000, 2_000, 4_000, 16_000, 30_000, 30_000]);
});
