import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Ajv04 from 'ajv-draft-04';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/aci/json.ts';
import { fromDraft7 } from '../../src/openapi/fromDraft7.ts';
import { withoutDeadRefs } from '../../src/openapi/schema.ts';
import { toSwaggerSchema } from '../../src/openapi/swaggerSchema.ts';
import { draft7, schema31, value } from './arbitrarySchema.ts';

const options = {
  strict: false,
  validateFormats: false,
  logger: false,
  code: { optimize: false },
} as const;
type Validate = (value: unknown) => unknown;

/** One reader of each, as making one compiles what it holds schemas to. */
const readers = {
  draft4: new (Ajv04 as unknown as typeof Ajv)(options),
  draft7: new Ajv(options),
  draft2020: new Ajv2020(options),
};

/** The schema where draft 7 has a meaning for it: there are references that lead nowhere. */
function asDraft7(schema: JsonObject): Validate | undefined {
  try {
    return readers.draft7.compile(schema);
  } catch {
    return undefined;
  }
}

/** What a contract becomes in a document. */
function placed(schema: JsonObject): JsonObject {
  const place = ['components', 'schemas', 'Payload.a b'];
  const inPlace = fromDraft7(schema, place);
  const document = { components: { schemas: { 'Payload.a b': inPlace } } };
  return withoutDeadRefs(inPlace, document) as JsonObject;
}

describe('a schema of draft 7', { timeout: 120_000 }, () => {
  test('means the same in OpenAPI 3.1, wherever it stands', () => {
    let compared = 0;
    fc.assert(
      fc.property(draft7, fc.array(value, { minLength: 5, maxLength: 10 }), (schema, values) => {
        const original = asDraft7(schema);
        if (original) {
          const document = { $id: 'app:', components: { schemas: { 'Payload.a b': placed(schema) } } };
          readers.draft2020.removeSchema('app:').addSchema(document);
          const converted = readers.draft2020.compile({ $ref: 'app:#/components/schemas/Payload.a%20b' });
          for (const each of values) {
            compared += 1;
            expect(converted(each)).toBe(original(each));
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});

describe('a schema of OpenAPI 3.1', { timeout: 120_000 }, () => {
  test('is one of 2.0 that refuses nothing more', () => {
    const kept = { accepted: 0, refusedByBoth: 0 };
    fc.assert(
      fc.property(schema31, fc.array(value, { minLength: 5, maxLength: 10 }), (schema, values) => {
        const original: Validate = readers.draft2020.compile(schema);
        const converted: Validate = readers.draft4.compile(toSwaggerSchema(schema, {}));
        for (const each of values) {
          if (original(each)) {
            kept.accepted += 1;
            expect(converted(each)).toBe(true);
          } else if (!converted(each)) {
            kept.refusedByBoth += 1;
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(kept.accepted).toBeGreaterThan(200);
    expect(kept.refusedByBoth).toBeGreaterThan(200);
  });
});
