import { HttpRequest } from '@azure/functions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/aci/json.ts';
import { wantedRun } from '../../src/functions/hooks/wantedRun.ts';
import { readEvents } from '../../src/hooks/events/readEvents.ts';
import { hookOf, requestOf } from '../hooks/senders.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { origin } from './call.ts';

const secret = 'letters-and-digits-0123';
const names = ['A', 'B', '_c', 'PATH', 'constructor', 'toString', 'LONG'];
const headers = ['x-one', 'content-type', '__proto__', 'x-long'];

/** What somebody would send who wants more than he may have. */
const key = fc.constantFrom(
  ...['__proto__', 'constructor', 'prototype', 'env', 'secureEnv', 'containers', 'image', 'RUN_ID', 'length'],
  ...['a', '0', '-', '', 'a/b', '~1', ...names],
);
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('x'.repeat(70_000), '😀😀'),
);
const hostile = fc.letrec<{ json: JsonValue }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.constantFrom(null, true, 1e308, -0, 12.5),
    fc.array(tie('json'), { maxLength: 4 }),
    // As JSON.parse makes them: __proto__ is a member like any other.
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 4 })
      .map((pairs) => Object.fromEntries(pairs) as JsonValue),
  ),
})).json;

const pointer = fc
  .array(key, { maxLength: 3 })
  .map((path) => path.map((each) => `/${each.replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''));
const source = fc.oneof(
  fc.record({ from: pointer }),
  fc.record({ source: fc.constant('header'), from: fc.constantFrom(...headers) }),
  fc.record({ source: fc.constant('query'), from: fc.constantFrom('q', '__proto__') }),
  fc.record({ source: fc.constant('event'), from: fc.constantFrom('CE_ID', 'CE_TYPE', 'CE_SUBJECT') }),
);
const limits = fc.record(
  { maxLength: fc.integer({ min: 0, max: 20 }), secure: fc.boolean() },
  { requiredKeys: [] },
);
const maps = fc
  .uniqueArray(fc.constantFrom(...names), { maxLength: 4 })
  .chain((some) =>
    fc.tuple(
      ...some.map((name) => fc.tuple(source, limits).map(([from, limit]) => ({ name, ...from, ...limit }))),
    ),
  );

const ascii = fc.string({ unit: fc.constantFrom('a', '"', '{', '=', ' ', '\\', '%'), maxLength: 40 });
const sentHeaders = fc.dictionary(fc.constantFrom(...headers.slice(0, 2), 'x-long', 'ce-id'), ascii);

/** A hook for deliveries of any shape, and one whose events say what they are. */
const senders = [
  { preset: 'secret-header', header: 'X-Secret', dedupeFrom: '/id' },
  { preset: 'event-grid', header: 'X-Secret' },
] as const;

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The variables that a delivery comes to, by a job with this map; undefined where it is refused. */
async function variables(
  map: readonly object[],
  sender: (typeof senders)[number],
  body: JsonValue,
  given: Record<string, string>,
  query: string,
) {
  const job = jobOf({ hook: { ...sender, secret: 'setting:SECRET' }, map }, { SECRET: secret });
  const { events } = readEvents(hookOf(sender, secret), requestOf({ headers: given, body }));
  const request = new HttpRequest({
    method: 'POST',
    url: `${origin}/api/hooks/nightly?q=${encodeURIComponent(query.toWellFormed())}&__proto__=x`,
    headers: given,
    params: {},
  });
  const found: Record<string, unknown>[] = [];
  for (const event of events) {
    const run = await wantedRun(job, event, request, () =>
      Promise.reject(new Error('no image is asked for')),
    );
    if (!('ignored' in run) && run.faults.length === 0) {
      expect(Object.keys(run.overrides).filter((member) => !['env', 'secureEnv'].includes(member))).toEqual(
        [],
      );
      found.push(Object.assign(Object.create(null), run.overrides.env, run.overrides.secureEnv));
    }
  }
  return found;
}

describe('whatever is sent to a hook', () => {
  test('only variables that the operator declared are set, and none is longer than he allows', async () => {
    let set = 0;
    await fc.assert(
      fc.asyncProperty(
        maps,
        fc.constantFrom(...senders),
        hostile,
        sentHeaders,
        text,
        async (map, sender, sent, given, query) => {
          const body: JsonValue =
            sender.preset === 'event-grid'
              ? [{ specversion: '1.0', id: 'x'.repeat(30), source: 's', type: '__proto__', data: sent }]
              : sent;
          for (const env of await variables(map, sender, body, given, query)) {
            for (const [name, value] of Object.entries(env)) {
              const declared = map.find((mapping) => mapping.name === name);
              expect(declared, name).toBeDefined();
              expect([...textOf(value)].length).toBeLessThanOrEqual(
                declared?.maxLength ?? Number.POSITIVE_INFINITY,
              );
              set += 1;
            }
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        },
      ),
      { numRuns: 3_000 },
    );
    // Unless much of it gets through, this would show little.
    expect(set).toBeGreaterThan(1_000);
  });
});
