type Field = { name: string; least: number; most: number; names?: string[] };

const fields: readonly Field[] = [
  { name: 'second', least: 0, most: 59 },
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, names: 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ') },
  { name: 'day of the week', least: 0, most: 6, names: 'SUN MON TUE WED THU FRI SAT'.split(' ') },
];

/**
 * Why a job's schedule is none, in a sentence; undefined when it is one.
 *
 * A schedule is an NCRONTAB expression of six fields. All that passes means the same to the host, which reads it with
 * NCrontab (https://github.com/atifaziz/NCrontab). What the host would take but read otherwise than it looks is a fault:
 * five fields, a range that runs backwards (it turns it round), and a step of 0 or beyond the field.
 */
export function scheduleFault(schedule: string): string | undefined {
  const texts = schedule.split(' ').filter(Boolean);
  if (texts.length !== fields.length) {
    const example = texts.length === 5 ? `0 ${texts.join(' ')}` : '0 30 3 * * MON-FRI';
    return `A schedule has 6 fields (second, minute, hour, day, month, day of the week; in UTC), but '${schedule}' has ${texts.length}: seconds come first, as in '${example}'.`;
  }
  const values = fields.map((field, index) => readField(texts[index] ?? '', field));
  const wrong = values.indexOf(undefined);
  const field = fields[wrong];
  if (field) {
    return `'${texts[wrong]}' in the schedule '${schedule}' is no ${field.name}: ${field.least}-${field.most}${field.names ? ` or ${field.names[0]}-${field.names.at(-1)}` : ''}, with *, lists, ranges upwards and steps of 1-${sizeOf(field)}.`;
  }
  const [, , , days = [], months = []] = values;
  // Every date that there is falls on each day of the week in some year, the 29th of February included.
  const occurs = months.some((month) => Math.min(...days) <= longestLength(month));
  return occurs ? undefined : `The schedule '${schedule}' is of a day that never comes.`;
}

/** The values that a field stands for; undefined when it is not of that kind. */
function readField(text: string, field: Field): number[] | undefined {
  const values: number[] = [];
  for (const element of text.split(',')) {
    const [whole, start, end, stepText] =
      /^(?:\*|(\d\d?|[a-z]{3})(?:-(\d\d?|[a-z]{3}))?)(?:\/(\d\d?))?$/i.exec(element) ?? [];
    const step = Number(stepText ?? 1);
    const first = start ? readValue(start, field) : field.least;
    const last = end ? readValue(end, field) : start && !stepText ? first : field.most;
    if (
      whole === undefined ||
      step < 1 ||
      step > sizeOf(field) ||
      !(field.least <= first && first <= last && last <= field.most)
    ) {
      return undefined;
    }
    for (let value = first; value <= last; value += step) {
      values.push(value);
    }
  }
  return values;
}

/** NaN for a name that the field has not. */
function readValue(text: string, { least, names = [] }: Field): number {
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? Number(text) : index + least;
}

function sizeOf({ least, most }: Field): number {
  return most - least + 1;
}

/** Days, in a leap year. */
function longestLength(month: number): number {
  return month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
