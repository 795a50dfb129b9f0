import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { simulateHour } from './simulateHour.ts';
import { capacityTable, costTable, quotaTable } from './tables.ts';

const told = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');

test('docs/scale.md tells what a run costs, what a pair takes, and what quotas do, as `npm run scale` prints it', async () => {
  expect(told).toContain(await costTable());
  expect(told).toContain(await capacityTable());
  expect(told).toContain(quotaTable());
});

test('every run of an hour is launched at once or ends in its time, however many there are', () => {
  for (const runs of [1, 100, 700]) {
    const { waits, neverStarted } = simulateHour({ runs, runSeconds: 300, startWithinSeconds: 600 });

    expect(waits.length + neverStarted).toBe(runs);
    expect(waits.at(-1)).toBeLessThanOrEqual(600);
  }
});
