import { expect, test } from 'vitest';
import { goalText, isMet, shareOfGoal } from './goal.ts';

test('a goal is met right at it, and missed on its wrong side', () => {
  expect([1.4, 1.5, 1.6].map((value) => isMet({ atMost: 1.5 }, value))).toEqual([true, true, false]);
  expect([19, 20, 21].map((value) => isMet({ atLeast: 20 }, value))).toEqual([false, true, true]);
  expect([1, 2, 3].map((value) => isMet({ exactly: 2 }, value))).toEqual([false, true, false]);
});

test('more than 1 is worse than the goal, whichever way that looks', () => {
  expect(shareOfGoal({ atMost: 2 }, 3)).toBe(1.5);
  expect(shareOfGoal({ atLeast: 30 }, 20)).toBe(1.5);
  expect(shareOfGoal({ exactly: 2 }, 2)).toBe(1);
});

test('a goal says itself which way it looks', () => {
  expect(goalText({ atMost: 1.5 }, '×')).toBe('≤ 1.5×');
  expect(goalText({ atLeast: 20 }, '×')).toBe('≥ 20×');
  expect(goalText({ exactly: 2 }, '')).toBe('= 2');
});
