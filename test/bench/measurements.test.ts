import { expect, test } from 'vitest';
import { isMet } from './goal.ts';
import { measurements } from './measurements.ts';

/** Those that take a second each, when it is only to be seen that they work. */
const quick = ['calls', 'launch', 'load', 'size', 'hour'];

/** Those that no machine can slow down, and that keep to their goals on every one. */
const counted = ['calls', 'size', 'hour'];

test.each(measurements.filter(({ name }) => quick.includes(name)))('$name can be measured', async (given) => {
  await using scope = new AsyncDisposableStack();

  for (const { goal, value } of await given.measure({ scope, isSmoke: true, say: () => {} })) {
    expect(value).toBeGreaterThan(0);
    expect(!counted.includes(given.name) || isMet(goal, value)).toBe(true);
  }
});

test('each has a name of its own', () => {
  expect(new Set(measurements.map(({ name }) => name)).size).toBe(measurements.length);
});
