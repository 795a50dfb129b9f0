import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isMonitored,
  nextOccurrence,
  readSchedule,
} from '../../../../local/functions-host/timers/schedule.ts';

/** A Saturday. */
const now = Date.parse('2026-11-21T10:00:00.500Z');

/** The next occurrences, in short; `never` where there are fewer. */
function occurrences(schedule: string, count: number, from = now): string[] {
  const read = readSchedule({ schedule }, {});
  const found: string[] = [];
  let at: number | undefined = from;
  while (found.length < count) {
    at = at === undefined ? undefined : nextOccurrence(read, at);
    found.push(at === undefined ? 'never' : new Date(at).toISOString().replace(/(:00)?\.000Z$/, ''));
  }
  return found;
}

test.each([
  ['* * * * * *', '2026-11-21T10:00:01', '2026-11-21T10:00:02'],
  ['0 */5 * * * *', '2026-11-21T10:05', '2026-11-21T10:10'],
  ['0 0 9-17/4 * * *', '2026-11-21T13:00', '2026-11-21T17:00'],
  ['0 30 9 * Jan Mon', '2027-01-04T09:30', '2027-01-11T09:30'],
  ['15,45 0 0 1 * *', '2026-12-01T00:00:15', '2026-12-01T00:00:45'],
  ['0 0 0 29 2 *', '2028-02-29T00:00', '2032-02-29T00:00'],
  ['0 0 0 31 * *', '2026-12-31T00:00', '2027-01-31T00:00'],
  [' 0  0 0 1 1 * ', '2027-01-01T00:00', '2028-01-01T00:00'],
  // As NCrontab reads it, and others do not: both days at once, no seconds, names, ranges turned round, steps.
  ['0 0 0 13 * FRI', '2027-08-13T00:00', '2028-10-13T00:00'],
  ['0 12 * * *', '2026-11-21T12:00', '2026-11-22T12:00'],
  ['0 0 0 1 Januar *', '2027-01-01T00:00', '2028-01-01T00:00'],
  ['0 0 0 * * thursday', '2026-11-26T00:00', '2026-12-03T00:00'],
  ['0 0 0 * * FRI-MON', '2026-11-23T00:00', '2026-11-24T00:00'],
  ['20/15 0 11 * * *', '2026-11-21T11:00:20', '2026-11-21T11:00:35'],
  ['0 0 */0 * * *', '2026-11-21T11:00', '2026-11-21T12:00'],
  ['0 */90 * * * *', '2026-11-21T11:00', '2026-11-21T12:00'],
  ['0 0 0 30 2 *', 'never', 'never'],
  ['00:05:00', '2026-11-21T10:05:00.500Z', '2026-11-21T10:10:00.500Z'],
  ['1.00:00:00', '2026-11-22T10:00:00.500Z', '2026-11-23T10:00:00.500Z'],
])("'%s' is at %s, then at %s", (schedule, first, second) => {
  expect(occurrences(schedule, 2)).toEqual([first, second]);
});

test.each([
  '',
  'whenever',
  '* * * *',
  '* * * * * * *',
  '@daily',
  '60 * * * * *',
  '0 0 24 * * *',
  '0 0 0 0 * *',
  '0 0 0 * * 7',
  '0 0 0 L * *',
  '0 0 0 ? * *',
  '0 0 0 * * MON#2',
  '0 0 0 15W * *',
  '0 0 0 1,,2 * *',
  '0 0 0 -1 * *',
  '0 0 0 * Foo *',
  '0x1 * * * * *',
  '1e1 * * * * *',
  '00:00:00',
])("'%s' is no schedule", (schedule) => {
  expect(() => readSchedule({ schedule }, {})).toThrow(
    `The schedule expression '${schedule}' was not recognized as a valid cron expression or timespan string.`,
  );
});

test('a schedule may be named by settings', () => {
  const environment = { EVERY: '00:00:02', HOUR: '3' };
  expect(readSchedule({ schedule: '%EVERY%' }, environment)).toEqual({ interval: 2_000 });
  expect(nextOccurrence(readSchedule({ schedule: '0 0 %HOUR% * * *' }, environment), now)).toBe(
    Date.parse('2026-11-22T03:00:00Z'),
  );
  expect(() => readSchedule({ schedule: '%ABSENT%' }, environment)).toThrow(
    "'%ABSENT%' in its schedule does not resolve to a value.",
  );
});

test.each([
  ['* * * * * *', undefined, false],
  ['*/30 * * * * *', true, false],
  ['0 * * * * *', undefined, true],
  ['0 * * * * *', false, false],
  ['00:00:59', undefined, false],
  ['00:01:00', undefined, true],
  ['0 0 0 30 2 *', undefined, true],
])("of '%s' with useMonitor %s the host remembers the runs: %s", (schedule, useMonitor, monitored) => {
  expect(isMonitored(readSchedule({ schedule }, {}), useMonitor, now)).toBe(monitored);
});

/** Some values of a field. */
const some = (min: number, max: number) =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 });
const moments = fc.date({
  min: new Date('2000-01-01'),
  max: new Date('2100-01-01'),
  noInvalidDate: true,
});

test('the next occurrence has a value of each field, and is the same from every moment before it', () => {
  fc.assert(
    fc.property(
      fc.tuple(some(0, 59), some(0, 59), some(0, 23), some(1, 31), some(1, 12), some(0, 6)),
      moments,
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (fields, from, part) => {
        const schedule = readSchedule({ schedule: fields.join(' ') }, {});
        const next = nextOccurrence(schedule, from.getTime());
        fc.pre(next !== undefined);
        const date = new Date(next);
        const found = [
          date.getUTCSeconds(),
          date.getUTCMinutes(),
          date.getUTCHours(),
          date.getUTCDate(),
          date.getUTCMonth() + 1,
          date.getUTCDay(),
        ];
        expect(fields.map((values, index) => values.includes(found[index] ?? -1))).not.toContain(false);
        expect(next).toBeGreaterThan(from.getTime());
        const between = Math.floor(from.getTime() + (next - from.getTime()) * part);
        expect(nextOccurrence(schedule, Math.min(between, next - 1))).toBe(next);
      },
    ),
    { numRuns: 200 },
  );
});
