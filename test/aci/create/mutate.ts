import fc from 'fast-check';
import { isObject, type JsonValue } from '../../../src/aci/json.ts';

const nasty: (JsonValue | undefined)[] = [
  undefined,
  null,
  '',
  'X',
  'a:b',
  'RUN_ID',
  0,
  -1,
  0.25,
  70_000,
  true,
  [],
  [null],
  ['a'],
  {},
  { value: 'b' },
  { type: 'None' },
];

/** The value with up to three of its parts, however deep, changed into something else, taken away, or given twice. */
export function mutated<Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<JsonValue> {
  const change = fc.tuple(fc.nat(), fc.nat({ max: nasty.length }));
  return fc.tuple(values, fc.array(change, { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
    const copy = structuredClone(value) as JsonValue;
    for (const [at, which] of changes) {
      const places = placesIn(copy);
      const [parent, member] = places[at % places.length] ?? [{}, ''];
      set(parent, member, which);
    }
    return copy;
  });
}

function set(parent: Record<string, JsonValue>, member: string, which: number): void {
  const old = parent[member];
  if (which === nasty.length && Array.isArray(old)) {
    parent[member] = [...old, ...structuredClone(old)];
  } else if (nasty[which] === undefined && !Array.isArray(parent)) {
    delete parent[member];
  } else {
    parent[member] = structuredClone(nasty[which] ?? null);
  }
}

function placesIn(value: JsonValue): [Record<string, JsonValue>, string][] {
  if (!isObject(value) && !Array.isArray(value)) {
    return [];
  }
  const parent = value as Record<string, JsonValue>;
  return Object.keys(parent).flatMap((member) => [
    [parent, member] as [Record<string, JsonValue>, string],
    ...placesIn(parent[member] ?? null),
  ]);
}
