import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/aci/json.ts';

const names = ['a', 'b', 'A_1', 'x y'];
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

/** Values few enough that schemas often meet one that they tell apart. */
export const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<JsonValue[]>(null, true, false, 0, 1, 2, 2.5, -1, '', 'a', 'ab', '2026-11-21'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const someNames = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 });

/** Keywords that mean the same in every draft. */
const plain: Record<string, fc.Arbitrary<JsonValue>> = {
  const: value,
  enum: fc.uniqueArray(value, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(each) }),
  minimum: fc.integer({ min: -1, max: 2 }),
  maximum: fc.integer({ min: -1, max: 2 }),
  exclusiveMinimum: fc.integer({ min: -1, max: 2 }),
  exclusiveMaximum: fc.integer({ min: -1, max: 2 }),
  multipleOf: fc.constantFrom(1, 2, 0.5),
  minLength: fc.nat(2),
  maxLength: fc.nat(2),
  pattern: fc.constantFrom('^a', 'b$', '^$', '\\d'),
  format: fc.constantFrom('date', 'uuid'),
  minItems: fc.nat(2),
  maxItems: fc.nat(2),
  uniqueItems: fc.boolean(),
  minProperties: fc.nat(2),
  maxProperties: fc.nat(2),
  required: someNames,
  description: fc.constant('Words.'),
  title: fc.constant('A title'),
  default: value,
};

type Written = { schema: JsonObject | boolean; object: JsonObject };

function arbitrary(further: (inner: fc.Arbitrary<JsonValue>) => Record<string, fc.Arbitrary<JsonValue>>) {
  return fc.letrec<Written>((tie) => {
    const inner = tie('schema') as fc.Arbitrary<JsonValue>;
    const map = fc.dictionary(fc.constantFrom(...names), inner, { maxKeys: 3, noNullPrototype: true });
    const list = fc.array(inner, { minLength: 1, maxLength: 2 });
    const keywords: Record<string, fc.Arbitrary<JsonValue>> = {
      ...plain,
      properties: map,
      additionalProperties: inner,
      patternProperties: fc.dictionary(fc.constantFrom('^a', '1$'), inner, {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      items: inner,
      contains: inner,
      propertyNames: inner,
      allOf: list,
      anyOf: list,
      oneOf: list,
      not: inner,
      if: inner,
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: inner,
      else: inner,
      ...further(inner),
    };
    return {
      schema: fc.oneof({ depthSize: 'small' }, fc.boolean(), tie('object')),
      object: fc
        .tuple(
          fc.subarray(Object.keys(keywords), { maxLength: 5 }),
          fc.option(
            fc.oneof(
              fc.constantFrom(...types),
              fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 3 }),
            ),
          ),
        )
        .chain(([chosen, type]) =>
          fc
            .record(Object.fromEntries(chosen.map((name) => [name, keywords[name] ?? fc.constant(null)])), {
              noNullPrototype: true,
            })
            .map((rest) => ({ ...(type !== null && { type }), ...(rest as JsonObject) })),
        ),
    };
  }).object;
}

/** Schemas in the words of OpenAPI 3.1. */
export const schema31 = arbitrary((inner) => ({
  prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }),
  dependentRequired: fc.dictionary(fc.constantFrom(...names), someNames, {
    maxKeys: 2,
    noNullPrototype: true,
  }),
}));

const local = fc.constantFrom(
  '#',
  '#/definitions/a',
  '#/definitions/x%20y',
  '#/properties/a',
  '#/definitions/nobody',
  '#here',
  'https://example.org/else',
);

/** Schemas in the words of draft 7, as operators write contracts, with references among them that may lead nowhere. */
export const draft7 = fc
  .tuple(
    arbitrary((inner) => ({
      items: fc.oneof(inner, fc.array(inner, { minLength: 1, maxLength: 2 })),
      additionalItems: inner,
      dependencies: fc.dictionary(fc.constantFrom(...names), fc.oneof(inner, someNames), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      $ref: local,
    })),
    fc.option(
      fc.dictionary(
        fc.constantFrom('a', 'x y'),
        arbitrary(() => ({ $ref: local })),
        { maxKeys: 2, noNullPrototype: true },
      ),
      { nil: undefined },
    ),
  )
  .map(([schema, definitions]): JsonObject => ({ ...schema, ...(definitions && { definitions }) }));
