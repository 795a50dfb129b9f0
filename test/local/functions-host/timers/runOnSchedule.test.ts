import { expect, test } from 'vitest';
import type { Clock } from '../../../../local/clock.ts';
import { runOnSchedule, type Timer } from '../../../../local/functions-host/timers/runOnSchedule.ts';
import { readSchedule } from '../../../../local/functions-host/timers/schedule.ts';
import { type ScheduleStatus, timerInput } from '../../../../local/functions-host/timers/timerInput.ts';
import { manualClock } from '../../manualClock.ts';

const start = Date.UTC(2026, 0, 1);
const day = 24 * 60 * 60 * 1000;

/** A timer whose runs begin at the seconds `begun` after the start, and each last for `lasting`. */
function timerOf(
  schedule: string,
  { lasting = 0, clock = manualClock(start), ...more }: Partial<Timer> & Lasting = {},
) {
  const begun: number[] = [];
  const statuses: ScheduleStatus[] = [];
  const timer = runOnSchedule({
    schedule: readSchedule({ schedule }, {}),
    runOnStartup: false,
    clock,
    async run(status) {
      begun.push((clock.now() - start) / 1000);
      statuses.push(status);
      if (lasting > 0) {
        await new Promise<void>((resolve) => clock.after(lasting, resolve));
      }
    },
    ...more,
  });
  return { timer, clock, begun, statuses };
}
type Lasting = { lasting?: number; clock?: ReturnType<typeof manualClock> };

test('it runs at each moment of its schedule, and knows the last one and the next', async () => {
  const { clock, begun, statuses } = timerOf('*/20 * * * * *');
  await clock.advance(65_000);
  expect(begun).toEqual([20, 40, 60]);
  expect(statuses).toEqual([
    { next: start + 20_000 },
    { last: start + 20_000, next: start + 40_000, lastUpdated: start + 20_000 },
    { last: start + 40_000, next: start + 60_000, lastUpdated: start + 40_000 },
  ]);
});

test('it never runs twice at once; the moments that it missed meanwhile come as one, at once', async () => {
  const { clock, begun } = timerOf('* * * * * *', { lasting: 3_500 });
  await clock.advance(9_000);
  expect(begun).toEqual([1, 4.501, 8.002]);
});

test('a run that takes less than the pause delays nothing, and a time span counts from the beginning of a run', async () => {
  const { clock, begun } = timerOf('00:00:10', { lasting: 4_000 });
  await clock.advance(35_000);
  expect(begun).toEqual([10, 20, 30]);
});

test('with runOnStartup it runs at once, and then on its schedule', async () => {
  const { clock, begun } = timerOf('*/20 * * * * *', { runOnStartup: true });
  await clock.advance(45_000);
  expect(begun).toEqual([0.001, 20, 40]);
});

test('it waits for longer than setTimeout can', async () => {
  const delays: number[] = [];
  const clock = manualClock(start);
  const counting = {
    ...clock,
    after(milliseconds: number, task: () => void) {
      delays.push(milliseconds);
      return clock.after(milliseconds, task);
    },
  };
  const { begun } = timerOf('0 0 0 1 4 *', { clock: counting });
  await clock.advance(91 * day);
  expect(begun).toEqual([(90 * day) / 1000]);
  expect(Math.max(...delays)).toBeLessThan(2 ** 31);
});

test('a timer that fires a little early does not fire for the same moment again', async () => {
  const inner = manualClock(start);
  const early: Clock = {
    ...inner,
    after: (milliseconds, task) => inner.after(Math.max(milliseconds - 3, 1), task),
  };
  const { begun } = timerOf('* * * * * *', { clock: { ...inner, ...early } });
  await inner.advance(3_500);
  expect(begun).toEqual([0.997, 1.997, 2.997]);
});

test('stopped, it begins no more, and waits for the run that is on', async () => {
  const { timer, clock, begun } = timerOf('* * * * * *', { lasting: 2_000 });
  await clock.advance(1_500);
  let over = false;
  const stopping = timer.stop().then(() => {
    over = true;
  });
  await clock.advance(1_000);
  expect(over).toBe(false);
  await clock.advance(10_000);
  await stopping;
  expect(begun).toEqual([1]);
});

test('stopped between two runs, or before the one at the start, it is stopped at once', async () => {
  const between = timerOf('*/20 * * * * *');
  await between.clock.advance(30_000);
  const before = timerOf('*/20 * * * * *', { runOnStartup: true });
  await Promise.all([between.timer.stop(), before.timer.stop()]);
  await Promise.all([between.clock.advance(100_000), before.clock.advance(100_000)]);
  expect([between.begun, before.begun]).toEqual([[20], []]);
});

test('on a day that never comes it does not run, except at the start', async () => {
  const never = timerOf('0 0 0 30 2 *');
  const once = timerOf('0 0 0 30 2 *', { runOnStartup: true });
  await Promise.all([never.clock.advance(1000 * day), once.clock.advance(1000 * day)]);
  expect([never.begun, once.begun]).toEqual([[], [0.001]]);
});

test('what the function gets is what the host writes', () => {
  const json = (status: ScheduleStatus | undefined, schedule = '0 * * * * *') =>
    JSON.parse(timerInput(readSchedule({ schedule }, {}), status).data.json ?? '');
  expect(json({ last: start, next: start + 60_000, lastUpdated: start + 5 })).toEqual({
    Schedule: { AdjustForDST: true },
    ScheduleStatus: {
      Last: '2026-01-01T00:00:00+00:00',
      Next: '2026-01-01T00:01:00+00:00',
      LastUpdated: '2026-01-01T00:00:00.005+00:00',
    },
    IsPastDue: false,
  });
  expect(json({ next: undefined }).ScheduleStatus).toEqual({
    Last: '0001-01-01T00:00:00+00:00',
    Next: '9999-12-31T23:59:59.999+00:00',
    LastUpdated: '0001-01-01T00:00:00+00:00',
  });
  expect(json(undefined, '00:05:00')).toEqual({
    Schedule: { AdjustForDST: false },
    ScheduleStatus: null,
    IsPastDue: false,
  });
});
