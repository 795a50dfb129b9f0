import { expect, test } from 'vitest';
import { ArmError } from '../../../src/aci/errors.ts';
import { backOff } from '../../../src/runs/life/backOff.ts';
import { refused } from '../../../src/runs/life/decideTask.ts';
import type { Task } from '../../../src/runs/runRecord.ts';
import { askedAt } from '../markedGroup.ts';
import { recordOf } from '../runRecords.ts';

const names = Array.from({ length: 200 }, (_, index) => `group-${index}`);

test('each refusal doubles the wait, up to five minutes; never is it shorter than Azure asks for', () => {
  const waits = [1, 2, 3, 4, 10, 1_000].map((refusals) => backOff(30, refusals, 'nightly', askedAt) / 1000);

  for (const [index, least] of [30, 60, 120, 240, 300, 300].entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(least);
    expect(waits[index]).toBeLessThan(least * 1.5);
  }
  expect(backOff(600, 5, 'nightly', askedAt)).toBeGreaterThanOrEqual(600_000);
});

test('those who are refused at the same moment come back one by one', () => {
  const waits = names.map((name) => backOff(30, 1, name, askedAt));
  const tenths = Map.groupBy(waits, (wait) => Math.floor((wait - 30_000) / 1_500));

  expect(tenths.size).toBe(10);
  for (const tenth of tenths.values()) {
    expect(tenth.length).toBeLessThan(45);
  }
});

const throttled = new ArmError({ code: 'TooManyRequests', message: 'x', status: 429, retryAfterSeconds: 20 });
const busy = new ArmError({ code: 'ContainerGroupTransitioning', message: 'x', status: 409 });
const waited = (task: Task, error: ArmError) => {
  const { task: next } = refused(task, error, askedAt);
  return { next, seconds: (next.notBefore - askedAt) / 1000 };
};

test('a limit of many runs is backed off from, and a group that is busy is not', () => {
  const [task] = recordOf().tasks as [Task];
  const once = waited(task, throttled);
  const twice = waited(once.next, throttled);

  expect(once.seconds).toBeGreaterThanOrEqual(20);
  expect(twice.seconds).toBeGreaterThanOrEqual(40);
  expect(twice.next.refusals).toBe(2);
  expect(waited(twice.next, busy).seconds).toBe(10);
});
