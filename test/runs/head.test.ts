import fc from 'fast-check';
import { expect, test } from 'vitest';
import { enter, freeHead, type Head, leave } from '../../src/runs/head.ts';

const moves = fc.array(
  fc.record({
    runId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    isLeaving: fc.boolean(),
    isReplacing: fc.boolean(),
  }),
  { maxLength: 40 },
);

function idsOf({ current, queue }: Head): string[] {
  return current === undefined ? queue : [current, ...queue];
}

test('a group is held by one run at a time, is never free while one waits, and forgets nobody', () => {
  fc.assert(
    fc.property(moves, (moves) => {
      let head = freeHead;
      const inside = new Set<string>();
      for (const { runId, isLeaving, isReplacing } of moves) {
        if (isLeaving) {
          head = leave(head, runId);
          inside.delete(runId);
        } else if (!inside.has(runId)) {
          head = enter(head, runId, isReplacing);
          inside.add(runId);
        }
        expect(new Set(idsOf(head))).toEqual(inside);
        expect(idsOf(head)).toHaveLength(inside.size);
        expect(head.current === undefined).toBe(inside.size === 0);
      }
    }),
  );
});

test('runs get the group in the order in which they came, one that replaces before all others', () => {
  const head = ['a', 'b', 'c'].reduce((head, id) => enter(head, id, false), freeHead);

  expect(leave(head, 'a')).toEqual({ current: 'b', queue: ['c'] });
  expect(enter(head, 'd', true)).toEqual({ current: 'a', queue: ['d', 'b', 'c'] });
});

test('whoever comes and goes, what launches replaced stays', () => {
  const launches = [{ runId: 'a', attempt: 1, applied: { containers: [], tags: [] } }];
  fc.assert(
    fc.property(moves, (moves) => {
      let head: Head = { ...freeHead, launches };
      for (const { runId, isLeaving, isReplacing } of moves) {
        head = isLeaving ? leave(head, runId) : enter(head, runId, isReplacing);
        expect(head.launches).toEqual(launches);
      }
    }),
  );
});
