const monthNames =
  'january february march april may june july august september october november december'.split(' ');
const dayNames = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

type Field = { least: number; most: number; names?: string[] };

const fields: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: monthNames },
  { least: 0, most: 6, names: dayNames },
];

/**
 * What an NCRONTAB expression means, written as croner reads it; undefined when it is none.
 *
 * The host reads it with NCrontab (https://github.com/atifaziz/NCrontab, CrontabFieldImpl.cs and CrontabField.cs), which
 * takes five fields, too, as those without seconds (the host's CronSchedule.cs). Unlike croner it knows neither 7 for
 * Sunday nor L, W, # and ?, and it takes any beginning of a name, a range that runs backwards, a value with a step, and
 * steps of 0 or beyond the field.
 */
export function toCronPattern(expression: string): string | undefined {
  const given = expression.split(' ').filter(Boolean);
  const texts = given.length === 5 ? ['0', ...given] : given;
  if (texts.length !== fields.length) {
    return undefined;
  }
  const patterns = fields.map((field, index) => fieldPattern(texts[index] ?? '', field));
  return patterns.includes(undefined) ? undefined : patterns.join(' ');
}

function fieldPattern(text: string, field: Field): string | undefined {
  const patterns = text.split(',').map((element) => elementPattern(element, field));
  return patterns.includes(undefined) ? undefined : patterns.join(',');
}

function elementPattern(text: string, field: Field): string | undefined {
  const [whole, start, end, stepText] =
    /^(?:\*|(\d+|[a-z]+)(?:-(\d+|[a-z]+))?)(?:\/(\d+))?$/i.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const { least, most } = field;
  const step = Math.min(Math.max(Number(stepText ?? 1), 1), most - least + 1);
  const first = start === undefined ? least : readValue(start, field);
  const withoutEnd = start === undefined || stepText !== undefined ? most : first;
  const last = end === undefined ? withoutEnd : readValue(end, field);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  return first === last ? `${first}` : `${Math.min(first, last)}-${Math.max(first, last)}/${step}`;
}

function readValue(text: string, { least, most, names = [] }: Field): number | undefined {
  const index = names.findIndex((name) => name.startsWith(text.toLowerCase()));
  const value = index < 0 ? Number(text) : index + least;
  return value >= least && value <= most ? value : undefined;
}
