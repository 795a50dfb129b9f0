import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/aci/json.ts';
import { inWords, toSwaggerSchema } from '../../src/openapi/swaggerSchema.ts';
import { describedApp } from './describedApp.ts';
import { faultsOf } from './validity.ts';

describe('a schema in the words of OpenAPI 2.0', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['a constant', { const: 'Ignored' }, { enum: ['Ignored'] }],
    ['a list of types', { type: ['string', 'null'], minLength: 1 }, { minLength: 1 }],
    ['an exclusive limit', { exclusiveMinimum: 1, minimum: 0 }, { minimum: 1, exclusiveMinimum: true }],
    ['an exclusive limit beyond the other', { exclusiveMaximum: 3, maximum: 2 }, { maximum: 2 }],
    [
      'a tuple',
      { type: 'array', prefixItems: [{ type: 'string' }], items: false },
      { type: 'array', items: {} },
    ],
    [
      'members by pattern',
      { type: 'object', patternProperties: { '^X_': {} }, additionalProperties: false },
      { type: 'object' },
    ],
    ['nothing at all', { not: {}, if: {}, oneOf: [{ type: 'string' }], required: [] }, {}],
    [
      'members, by labels for people',
      { properties: { dryRun: { type: 'boolean' }, DATE: true } },
      {
        properties: {
          dryRun: { type: 'boolean', 'x-ms-summary': 'Dry run' },
          DATE: { 'x-ms-summary': 'DATE' },
        },
      },
    ],
  ])('is %s as far as they go', (_, schema, expected) => {
    expect(toSwaggerSchema(schema, {})).toEqual(expected);
  });

  test.each<[string, JsonObject]>([
    [
      'may have one member mean two things',
      {
        anyOf: [
          { type: 'object', properties: { size: { type: 'string' } }, required: ['size'] },
          { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
        ],
      },
    ],
    [
      'lead back to where they stand',
      {
        anyOf: [
          { $ref: '#/components/schemas/RunRequest.nightly/definitions/leaf' },
          { $ref: '#/components/schemas/RunRequest.nightly/definitions/node' },
        ],
      },
    ],
  ])('says nothing of the alternatives of a contract, which %s', (_, schema) => {
    const definitions = {
      leaf: { type: 'object', properties: { value: { type: 'string' } } },
      node: { type: 'object', properties: { left: schema } },
    };
    const document = { components: { schemas: { 'RunRequest.nightly': { definitions } } } };

    expect(toSwaggerSchema(schema, document)).toEqual({});
  });

  test('has the members of all where a value is one of several objects', () => {
    const schemas = {
      Run: {
        type: 'object',
        properties: { status: { type: 'string', enum: ['Running'] }, id: { type: 'string' } },
        required: ['id'],
      },
      Ignored: {
        type: 'object',
        properties: { status: { type: 'string', const: 'Ignored' }, id: { type: 'integer' } },
      },
    };
    const either = {
      anyOf: [{ $ref: '#/components/schemas/Run' }, { $ref: '#/components/schemas/Ignored' }],
    };

    expect(toSwaggerSchema(either, { components: { schemas } })).toEqual({
      type: 'object',
      properties: {
        status: { type: 'string', 'x-ms-summary': 'Status' },
        id: { 'x-ms-summary': 'Id' },
      },
    });
  });

  test('is what a reference leads to, where 2.0 has that; else anything', async () => {
    const env = {
      type: 'object',
      definitions: { day: { type: 'string', format: 'date' } },
      properties: { FROM: { $ref: '#/definitions/day' }, UNTIL: { $ref: '#/properties/FROM' } },
    };
    const described = describedApp({ nightly: { env } });
    const { 'RunRequest.nightly': here } = (
      described.openApi['components'] as { schemas: Record<string, object> }
    ).schemas;
    const { 'RunRequest.nightly': there } = described.swagger['definitions'] as Record<string, object>;

    expect(await faultsOf(described)).toEqual([]);
    expect(here).toMatchObject({
      properties: {
        env: {
          properties: {
            FROM: { $ref: '#/components/schemas/RunRequest.nightly/properties/env/definitions/day' },
          },
        },
      },
    });
    expect(there).toMatchObject({
      properties: {
        env: {
          properties: {
            FROM: {},
            UNTIL: { $ref: '#/definitions/RunRequest.nightly/properties/env/properties/FROM' },
          },
        },
      },
    });
  });
});

test.each([
  ['timeoutSeconds', 'Timeout seconds'],
  ['MY_VARIABLE', 'MY_VARIABLE'],
  ['x-functions-key', 'x-functions-key'],
])('%s is labelled %s', (name, label) => {
  expect(inWords(name)).toBe(label);
});
