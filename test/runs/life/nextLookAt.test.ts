import { expect, test } from 'vitest';
import { nextLookAt } from '../../../src/runs/life/nextLookAt.ts';
import { askedAt, runId } from '../markedGroup.ts';
import { recordOf } from '../runRecords.ts';

const second = 1000;
const held = { current: runId, queue: [] };

const watching = recordOf({}, { phase: 'watching', launch: { at: askedAt, accepted: true, lastStarts: {} } });

test('a run of an hour is looked at 75 times at most, its launch included', () => {
  const launchGets = 1;
  let looks = launchGets;
  for (let now = askedAt + 5 * second; now < askedAt + 3_600 * second; looks += 1) {
    now = nextLookAt(watching, held, now);
  }

  expect(looks).toBeLessThanOrEqual(75);
});

test('the first looks come every five seconds, the last every minute', () => {
  expect(nextLookAt(watching, held, askedAt) - askedAt).toBe(5 * second);
  const late = askedAt + 3_000 * second;
  expect(nextLookAt(watching, held, late) - late).toBe(60 * second);
});

test('a run is looked at when its time is up, however long the interval is', () => {
  const late = askedAt + 3_000 * second;
  const run = { ...watching, launchedAt: askedAt, timeoutSeconds: 3_010 };

  expect(nextLookAt(run, held, late)).toBe(askedAt + 3_010 * second);
});

test('a run that waits for another is hardly looked at; it is told when its turn comes', () => {
  const other = { current: 'another', queue: [runId] };

  expect(nextLookAt(recordOf(), other, askedAt)).toBe(askedAt + 300 * second);
});

test('a run that waits for a throttle is looked at when that is over', () => {
  expect(nextLookAt(recordOf({}, { notBefore: askedAt + 372 * second }), held, askedAt)).toBe(
    askedAt + 372 * second,
  );
});
