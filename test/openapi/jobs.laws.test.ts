import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/aci/json.ts';
import { allowable } from '../../src/jobs/allowable.ts';
import { compileContract } from '../../src/jobs/contractCompiler.ts';
import { payloadFaults, variablesOf } from '../../src/jobs/payload.ts';
import { jobSchemas } from '../../src/openapi/jobSchemas.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { draft7, value } from './arbitrarySchema.ts';
import { describedApp } from './describedApp.ts';
import { faultsOf } from './validity.ts';

const contract = draft7
  .map((schema): JsonObject => ({ ...schema, type: 'object' }))
  .filter((schema) => {
    try {
      compileContract(schema);
      return true;
    } catch {
      return false;
    }
  });

const part = fc.constantFrom('a', 'b', 'x y', 'c~d', '0', 'e%');
const pointer = fc
  .array(part, { maxLength: 3 })
  .map((parts) => parts.map((each) => `/${each.replaceAll('~', '~0')}`).join(''));

const mapping = fc.record(
  {
    name: fc.constantFrom('A', 'B', 'C', 'D'),
    from: pointer,
    required: fc.boolean(),
    pattern: fc.constantFrom('^a', 'b$'),
    maxLength: fc.nat(2),
  },
  { requiredKeys: ['name', 'from'], noNullPrototype: true },
);
const fromHeader = fc.record({
  name: fc.constantFrom('E', 'F'),
  from: fc.constantFrom('x-event', 'X-Event', 'prefer', 'accept', "x'odd"),
  source: fc.constant('header'),
});
const map = fc.uniqueArray(fc.oneof(mapping, fromHeader), { maxLength: 4, selector: ({ name }) => name });

const name = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,5}[a-z0-9])?$/);

const job = fc.record(
  {
    env: contract,
    allow: fc.subarray([...allowable]).map((members) => [...members, 'containers', 'mode']),
    container: fc.constant('main'),
    map,
    hook: fc.constantFrom(
      { preset: 'github', secret: 'setting:SECRET' },
      { preset: 'secret-header', secret: 'setting:SECRET', header: 'x-secret' },
      { preset: 'event-grid', secret: 'setting:SECRET', query: 'key' },
    ),
    when: fc.array(fc.record({ from: pointer, equals: value }), { maxLength: 1 }),
    roles: fc.subarray(['Runs.Launch.One', 'Two']),
  },
  { requiredKeys: ['map'], noNullPrototype: true },
);

describe('the documents of any jobs', { timeout: 120_000 }, () => {
  test('are valid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, job, { maxKeys: 3, noNullPrototype: true }),
        fc.boolean(),
        async (jobs, easyAuth) => {
          const settings = { SECRET: 'a-secret-of-letters' };

          expect(await faultsOf(describedApp(jobs, { settings, easyAuth }))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('what is said of a trigger’s body', { timeout: 120_000 }, () => {
  const like = (bodies: fc.Arbitrary<JsonValue>) =>
    fc.dictionary(part, bodies, { maxKeys: 3, noNullPrototype: true });
  const body = like(fc.oneof(value, like(fc.oneof(value, like(value)))));
  const ajv = new Ajv2020({ strict: false });

  test('refuses nothing that the job takes', () => {
    const met = { taken: 0, refusedByBoth: 0 };
    fc.assert(
      fc.property(map, fc.array(body, { minLength: 10, maxLength: 10 }), (map, bodies) => {
        const read = jobOf({ map });
        const fits = ajv.compile(jobSchemas(read)['Payload.nightly'] ?? false);
        for (const each of bodies) {
          const payload = { body: each, header: () => 'a', query: () => undefined, event: () => undefined };
          const { overrides, faults } = variablesOf(read, payload);
          if ([...faults, ...payloadFaults(read, overrides)].length === 0) {
            met.taken += 1;
            expect(fits(each)).toBe(true);
          } else if (!fits(each)) {
            met.refusedByBoth += 1;
          }
        }
      }),
      { numRuns: 100 },
    );
    expect(met.taken).toBeGreaterThan(100);
    expect(met.refusedByBoth).toBeGreaterThan(100);
  });
});
