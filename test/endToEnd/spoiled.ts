export type Random = () => number;
export type Json = unknown;

/** Mulberry32: a number from 0 up to 1, the same sequence for the same seed. */
export function randomOf(from: number): Random {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One of them, at random. */
export const oneOf = <Item>(random: Random, items: readonly Item[]): Item =>
  items[Math.floor(random() * items.length)] as Item;

const nested = (depth: number): Json => (depth === 0 ? 1 : [nested(depth - 1)]);
export const junk: readonly Json[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, 99_999_999_999],
  ...[
    '',
    ' ',
    'x',
    'x'.repeat(5_000),
    '\0',
    '\u{1F4A5}',
    'ü',
    '../..',
    '%2F',
    "'",
    '{{',
    '__proto__',
    'constructor',
    '/subscriptions/x',
  ],
  ...[[], {}, [null], [[]], { a: { b: [] } }, { toString: 1 }, nested(30), nested(100)],
];
const members = [
  '__proto__',
  'constructor',
  'toString',
  '',
  'env',
  'name',
  'properties',
  'unknown',
  'RUN_ID',
  '1X',
  'length',
];

/** Spoils a JSON value in one place. */
export function spoiled(random: Random, value: Json): Json {
  if (typeof value !== 'object' || value === null || random() < 0.1) {
    return oneOf(random, junk);
  }
  if (Array.isArray(value)) {
    const copy = [...value];
    const index = Math.floor(random() * copy.length);
    const how = copy.length === 0 ? 0 : random();
    if (how < 0.2) {
      copy.push(oneOf(random, junk));
    } else if (how < 0.4) {
      copy.push(copy[index]);
    } else {
      copy[index] = spoiled(random, copy[index]);
    }
    return copy;
  }
  const copy = new Map(Object.entries(value));
  const keys = [...copy.keys()];
  const key = keys.length === 0 || random() < 0.15 ? oneOf(random, members) : oneOf(random, keys);
  if (random() < 0.15) {
    copy.delete(key);
  } else {
    copy.set(key, copy.has(key) ? spoiled(random, copy.get(key)) : oneOf(random, junk));
  }
  return Object.fromEntries(copy);
}
