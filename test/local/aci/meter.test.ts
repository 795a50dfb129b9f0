import { beforeEach, expect, test } from 'vitest';
import type { RunningProcess } from '../../../local/aci/life/containerLife.ts';
import { createMeter, type Meter, type MeteredGroup } from '../../../local/aci/metrics/meter.ts';
import type { ProcessGroupUsage } from '../../../local/aci/metrics/processGroups.ts';

const start = Date.UTC(2026, 0, 1);
const seconds = (count: number) => start + count * 1_000;

let now: number;
let usages: Map<number, ProcessGroupUsage>;
let reads: number[][];
let groups: MeteredGroup[];
let meter: Meter;

beforeEach(() => {
  now = start;
  usages = new Map();
  reads = [];
  groups = [];
  meter = createMeter(
    () => groups,
    (wanted) => {
      reads.push([...wanted]);
      return new Map([...usages].filter(([pid]) => wanted.has(pid)));
    },
    () => now,
  );
});

const groupOf = (id: string, ...processes: (RunningProcess & { container: string })[]): MeteredGroup => ({
  id,
  life: { processes: () => processes },
});
const main = (pid: number, startedAt = start) => ({ container: 'main', pid, startedAt });

function measureAt(at: number, running: MeteredGroup[], cpuMs: number, memoryBytes = 1_000) {
  now = at;
  groups = running;
  for (const { life } of groups) {
    for (const { pid } of life.processes()) {
      usages.set(pid, { cpuMs, memoryBytes });
    }
  }
  meter.measure();
}

const of = (metric: 'CpuUsage' | 'MemoryUsage', group = '/one') =>
  meter.history.of(group, metric).map(({ container, minutes }) => ({ container, minutes: [...minutes] }));

test('a container that has used half a second in two has used 250 millicores since its start', () => {
  measureAt(seconds(2), [groupOf('/ONE', main(7))], 500);

  expect(of('CpuUsage')).toEqual([
    { container: 'main', minutes: [[start, { count: 1, sum: 250, minimum: 250, maximum: 250 }]] },
  ]);
  expect(of('MemoryUsage')).toEqual([
    { container: 'main', minutes: [[start, { count: 1, sum: 1_000, minimum: 1_000, maximum: 1_000 }]] },
  ]);
});

test('each look counts what was used since the one before, in the minute that it is made in', () => {
  const one = [groupOf('/one', main(7))];
  measureAt(seconds(15), one, 15_000, 1_000);
  measureAt(seconds(30), one, 15_000, 3_000);
  measureAt(seconds(75), one, 37_500, 2_000);

  const cpu = { count: 2, sum: 1_000, minimum: 0, maximum: 1_000 };
  expect(of('CpuUsage')[0]?.minutes).toEqual([
    [start, cpu],
    [start + 60_000, { count: 1, sum: 500, minimum: 500, maximum: 500 }],
  ]);
  expect(of('MemoryUsage')[0]?.minutes[0]?.[1]).toEqual({
    count: 2,
    sum: 4_000,
    minimum: 1_000,
    maximum: 3_000,
  });
});

test('looks that come too soon for a rate wait for one, and lose nothing', () => {
  const one = [groupOf('/one', main(7))];
  measureAt(seconds(0.5), one, 400);
  expect(of('CpuUsage')[0]?.minutes).toEqual([]);
  measureAt(seconds(0.9), one, 800);
  measureAt(seconds(1), one, 1_000);

  expect(of('CpuUsage')[0]?.minutes[0]?.[1]).toMatchObject({ count: 1, sum: 1_000 });
  expect(of('MemoryUsage')[0]?.minutes[0]?.[1].count).toBe(3);
});

test('a restarted container begins anew, also under the process id of the one before', () => {
  measureAt(seconds(10), [groupOf('/one', main(7))], 9_000);
  measureAt(seconds(20), [groupOf('/one', main(7, seconds(15)))], 500);

  expect(of('CpuUsage')[0]?.minutes[0]?.[1]).toEqual({ count: 2, sum: 1_000, minimum: 100, maximum: 900 });
});

test('less than before is nothing used: a process took its time along', () => {
  const one = [groupOf('/one', main(7))];
  measureAt(seconds(10), one, 5_000);
  measureAt(seconds(20), one, 4_000);

  expect(of('CpuUsage')[0]?.minutes[0]?.[1]).toMatchObject({ count: 2, minimum: 0 });
});

test('what cannot be measured has no values, rather than none used', () => {
  groups = [groupOf('/one', main(7))];
  meter.measure();

  expect(meter.history.of('/one', 'MemoryUsage')).toEqual([]);
});

test('nothing is looked for while nothing runs, and all of it at once while something does', () => {
  groups = [groupOf('/one'), groupOf('/two')];
  meter.measure();
  expect(reads).toEqual([]);

  groups = [groupOf('/one', main(7), { ...main(8), container: 'side' }), groupOf('/two', main(9))];
  meter.measure();
  expect(reads).toEqual([[7, 8, 9]]);
});

test('a week of minutes is kept', () => {
  const one = [groupOf('/one', main(7))];
  const minutes = 7 * 24 * 60;
  for (let minute = 0; minute < minutes + 5; minute += 1) {
    measureAt(start + minute * 60_000, one, 0);
  }

  const kept = of('MemoryUsage')[0]?.minutes ?? [];
  expect(kept).toHaveLength(minutes);
  expect(kept[0]?.[0]).toBe(start + 5 * 60_000);
});
