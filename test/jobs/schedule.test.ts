import { Cron } from 'croner';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextOccurrence, readSchedule } from '../../local/functions-host/timers/schedule.ts';
import { scheduleFault } from '../../src/jobs/schedule.ts';

const now = Date.UTC(2026, 10, 21, 10, 0, 0);
const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

test.each([
  '0 30 3 * * *',
  '*/15 * * * * *',
  '5/15 0,30 9-17 1-7 JAN,mar-Jun MON-FRI',
  '0 0 0 29 2 *',
  '0 0 0 30 1-2 *',
  '0 0 0 31,28 2 0',
  '0 0 0 31 2/2 *',
  '0 0 0 29 FEB WED',
  ' 0  0 0 * * 6 ',
])("'%s' is a schedule", (schedule) => {
  expect(scheduleFault(schedule)).toBeUndefined();
  expect(nextOccurrence(readSchedule({ schedule }, {}), now)).toBeGreaterThan(now);
});

test.each([
  ...monthNames.map((name) => [`0 0 0 1 ${name} *`]),
  ...dayNames.map((name) => [`0 0 0 * * ${name}`]),
])("'%s' is a schedule, too, and of the month or day of that name", (schedule) => {
  expect(scheduleFault(schedule)).toBeUndefined();
  const next = new Date(nextOccurrence(readSchedule({ schedule }, {}), now) ?? 0);
  const [, , , , month, day] = schedule.split(' ');
  expect([monthNames[next.getUTCMonth()], dayNames[next.getUTCDay()]]).toContain(month === '*' ? day : month);
});

test.each([
  [
    '30 3 * * *',
    "A schedule has 6 fields (second, minute, hour, day, month, day of the week; in UTC), but '30 3 * * *' has 5: seconds come first, as in '0 30 3 * * *'.",
  ],
  ['', "but '' has 0"],
  ['0 0 0 * * * *', 'has 7'],
  ['@daily', 'has 1'],
  ['00:05:00', 'has 1'],
  [
    '60 * * * * *',
    "'60' in the schedule '60 * * * * *' is no second: 0-59, with *, lists, ranges upwards and steps of 1-60.",
  ],
  ['* 60 * * * *', 'is no minute: 0-59'],
  ['0 0 24 * * *', 'is no hour: 0-23'],
  ['0 0 0 0 * *', 'is no day: 1-31'],
  ['0 0 0 * 13 *', 'is no month: 1-12 or JAN-DEC'],
  ['0 0 0 * * 7', 'is no day of the week: 0-6 or SUN-SAT'],
  ['0 0 0 MON * *', 'is no day: 1-31'],
  ['0 0 0 * * FRI-MON', 'is no day of the week'],
  ['*/0 * * * * *', 'is no second'],
  ['0 */90 * * * *', 'is no minute'],
  ['0 0 0 1,,2 * *', 'is no day'],
  ['0 0 0 L * *', 'is no day'],
  ['0 0 0 ? * *', 'is no day'],
  ['0 0 0 * * MON#2', 'is no day of the week'],
  ['0\t0 0 * * * *', 'is no second'],
  ['%EVERY% * * * * *', 'is no second'],
  ['0 0 0 30 2 *', 'is of a day that never comes'],
  ['0 0 0 30-31 FEB MON', 'is of a day that never comes'],
  ['0 0 0 31 2,4,6,9,11 *', 'is of a day that never comes'],
  ['0 0 0 31 APR-NOV/5 *', 'is of a day that never comes'],
])("'%s': %s", (schedule, why) => {
  expect(scheduleFault(schedule)).toContain(why);
});

/** An element of a field as people write it: mostly right, with what cron dialects differ in between. */
function element(least: number, most: number, names: string[]): fc.Arbitrary<string> {
  const number = fc.integer({ min: least, max: most });
  const value = fc.oneof(
    { weight: 6, arbitrary: number.map(String) },
    { weight: names.length > 0 ? 3 : 0, arbitrary: number.map((n) => names[n - least] ?? `${n}`) },
  );
  const backwards = fc.tuple(number, number).map(([a, b]) => `${a}-${b}`);
  const range = fc.tuple(number, number).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: most - least + 1 });
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant('*') },
    { weight: 12, arbitrary: value },
    { weight: 8, arbitrary: range },
    {
      weight: 8,
      arbitrary: fc.tuple(fc.oneof(fc.constant('*'), value, range), step).map((parts) => parts.join('/')),
    },
    { weight: 1, arbitrary: backwards },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '?',
        'L',
        '*/0',
        `*/${most + 2}`,
        `${most + 1}`,
        `${least - 1}`,
        '7#1',
        '*-3',
        'X',
      ),
    },
  );
}

const field = (least: number, most: number, names: string[] = []) =>
  fc.array(element(least, most, names), { minLength: 1, maxLength: 3 }).map((elements) => elements.join(','));
const days = fc.oneof(field(1, 31), fc.constantFrom('30', '31', '30,31', '31/2', '29-31/2'));
const months = fc.oneof(field(1, 12, monthNames), fc.constantFrom('2', 'FEB', '4,6', 'APR-JUN/2', '2/2'));
const expressions = fc
  .tuple(field(0, 59), field(0, 59), field(0, 23), days, months, field(0, 6, dayNames))
  .map((fields) => fields.join(' '));

function inCroner(schedule: string): Date | null | undefined {
  try {
    const options = { mode: '6-part', utcOffset: 0, domAndDow: true, sloppyRanges: true } as const;
    return new Cron(schedule, options).nextRun(new Date(now));
  } catch {
    return undefined;
  }
}

test('what is taken as a schedule occurs, and is the same to croner as to the stand-in, which reads as NCrontab does', () => {
  let taken = 0;
  fc.assert(
    fc.property(expressions, (schedule) => {
      if (scheduleFault(schedule) === undefined) {
        taken += 1;
        const next = nextOccurrence(readSchedule({ schedule }, {}), now);
        expect(next).toBeGreaterThan(now);
        expect(inCroner(schedule)?.getTime()).toBe(next);
      }
    }),
    { numRuns: 400 },
  );
  expect(taken).toBeGreaterThan(150);
});

test('an expression of six fields that croner can compute is taken, but for what NCrontab does not know', () => {
  let refused = 0;
  fc.assert(
    fc.property(expressions, (schedule) => {
      if (scheduleFault(schedule) !== undefined) {
        refused += 1;
        const onlyCroner = /[?L#]|\b7\b(?=[^ ]*$)/.test(schedule);
        expect(onlyCroner || !inCroner(schedule), schedule).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  expect(refused).toBeGreaterThan(50);
});
