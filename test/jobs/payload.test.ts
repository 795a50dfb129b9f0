import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../src/aci/json.ts';
import { type Payload, payloadFaults, variablesOf, whyIgnored } from '../../src/jobs/payload.ts';
import { jobOf } from './jobsFile.ts';

function payload(body: JsonValue, headers: Record<string, string> = {}, query = ''): Payload {
  const sent = new Headers(headers);
  const asked = new URLSearchParams(query);
  return {
    body,
    header: (name) => sent.get(name) ?? undefined,
    query: (name) => asked.get(name) ?? undefined,
    event: (attribute) => ({ CE_TYPE: 'pushed' })[attribute],
  };
}

/** What a job with this map makes of a payload, as `[code, target]` where it is wrong. */
function mapped(map: object[], sent: Payload, entry: object = {}) {
  const job = jobOf({ map, ...entry });
  const { overrides, faults } = variablesOf(job, sent);
  const all = [...faults, ...payloadFaults(job, overrides)];
  return all.length === 0 ? overrides : all.map(({ code, target }) => [code, target]);
}

describe("a job's map", () => {
  test('takes variables from the body, the headers and the query', () => {
    const map = [
      { name: 'COMMIT', from: '/head/0/id' },
      { name: 'EVENT', from: 'X-GitHub-Event', source: 'header' },
      { name: 'BRANCH', from: 'branch', source: 'query' },
    ];

    expect(
      mapped(map, payload({ head: [{ id: 'abc' }] }, { 'x-github-event': 'push' }, 'branch=main&branch=b')),
    ).toEqual({ env: { COMMIT: 'abc', EVENT: 'push', BRANCH: 'main' }, secureEnv: {} });
  });

  test('takes nothing that it does not name', () => {
    expect(mapped([{ name: 'A', from: '/a' }], payload({ a: 1, B: 2, env: { C: 3 } }))).toEqual({
      env: { A: 1 },
      secureEnv: {},
    });
  });

  test.each([[''], [0], [false], [[]], [{}], ['0']])('takes %j as a value', (value) => {
    const map = [{ name: 'A', from: '/a', default: 'other' }];

    expect(mapped(map, payload({ a: value }))).toEqual({ env: { A: value }, secureEnv: {} });
  });

  test('takes the whole body where it points at the whole', () => {
    expect(mapped([{ name: 'ALL', from: '' }], payload([1, { a: 2 }]))).toEqual({
      env: { ALL: [1, { a: 2 }] },
      secureEnv: {},
    });
  });

  test('unescapes its pointers', () => {
    expect(mapped([{ name: 'A', from: '/a~1b/~0/' }], payload({ 'a/b': { '~': { '': 'x' } } }))).toEqual({
      env: { A: 'x' },
      secureEnv: {},
    });
  });

  test.each([[{}], [{ a: null }], [[]], ['text'], [null]])(
    'leaves out what is null or missing: %j',
    (body) => {
      expect(mapped([{ name: 'A', from: '/a' }], payload(body))).toEqual({ env: {}, secureEnv: {} });
    },
  );

  test.each([[{}], [{ a: null }]])('has its default for it: %j', (body) => {
    for (const value of ['', 'x', 0, false, { deep: [1] }]) {
      expect(mapped([{ name: 'A', from: '/a', default: value }], payload(body))).toEqual({
        env: { A: value },
        secureEnv: {},
      });
    }
  });

  test('names every required value that is missing by its place in what was sent', () => {
    const map = [
      { name: 'A', from: '/a/0', required: true },
      { name: 'B', from: 'x-b', source: 'header', required: true },
      { name: 'C', from: 'c', source: 'query', required: true },
    ];

    expect(mapped(map, payload({ a: [null] }))).toEqual([
      ['MissingMember', '/a/0'],
      ['MissingMember', 'header x-b'],
      ['MissingMember', 'query c'],
    ]);
  });

  test('holds the text of a value to its pattern', () => {
    const map = [{ name: 'A', from: '/a', pattern: '^[0-9a-f]+$' }];

    for (const [value, isRight] of [
      ['abc1', true],
      ['ABC', false],
      ['abc\n', false],
      ['', false],
      [12, true],
      [1.5, false],
      [true, false],
      [['a'], false],
    ] as const) {
      const expected = isRight ? { env: { A: value }, secureEnv: {} } : [['InvalidValue', '/a']];
      expect(mapped(map, payload({ a: value as JsonValue }))).toEqual(expected);
    }
  });

  test('counts characters, not UTF-16 units, against maxLength', () => {
    const map = [{ name: 'A', from: '/a', maxLength: 3 }];

    expect(mapped(map, payload({ a: '😀😀😀' }))).toEqual({ env: { A: '😀😀😀' }, secureEnv: {} });
    expect(mapped(map, payload({ a: 'abcd' }))).toEqual([['InvalidValue', '/a']]);
    expect(mapped(map, payload({ a: [1, 2] }))).toEqual([['InvalidValue', '/a']]);
  });

  test('makes a secure variable of a secure value, as text, and shows it in no fault', () => {
    const map = [{ name: 'TOKEN', from: '/token', secure: true, pattern: '^[a-z0-9]+$', maxLength: 12 }];

    expect(mapped(map, payload({ token: 'hunter2' }))).toEqual({ env: {}, secureEnv: { TOKEN: 'hunter2' } });
    expect(mapped(map, payload({ token: 7 }))).toEqual({ env: {}, secureEnv: { TOKEN: '7' } });
    const { faults } = variablesOf(jobOf({ map }), payload({ token: 'HUNTER2-HUNTER2' }));
    expect(faults).toHaveLength(2);
    expect(JSON.stringify(faults)).not.toContain('HUNTER2');
  });

  test.each([
    '/__proto__',
    '/constructor',
    '/toString',
    '/arr/length',
    '/arr/map',
    '/arr/-1',
    '/arr/-',
    '/arr/01',
    '/arr/1e0',
    '/arr/3',
    '/text/0',
    '/text/length',
    '/nothing/at/all',
  ])('finds nothing at %s', (from) => {
    const body = { arr: [1, 2, 3], text: 'text' };

    expect(mapped([{ name: 'A', from, required: true }], payload(body))).toEqual([['MissingMember', from]]);
  });

  test('finds own members that only sound inherited', () => {
    const body = JSON.parse('{"toString": "a", "constructor": {"name": "b"}, "length": "c"}');
    const map = ['/toString', '/constructor/name', '/length'].map((from, index) => ({
      name: `V${index}`,
      from,
    }));

    expect(mapped(map, payload(body))).toEqual({ env: { V0: 'a', V1: 'b', V2: 'c' }, secureEnv: {} });
  });

  test('finds fault with a NUL character, at its place in what was sent', () => {
    const map = [
      { name: 'A', from: '/a' },
      { name: 'B', from: '/b', secure: true },
    ];

    expect(mapped(map, payload({ a: 'x\0', b: '\0' }))).toEqual([
      ['InvalidVariableValue', '/a'],
      ['InvalidVariableValue', '/b'],
    ]);
  });

  test('is held to the job’s contract, with faults that point into what was sent', () => {
    const env = {
      type: 'object',
      properties: {
        COMMIT: { type: 'string', pattern: '^[0-9a-f]+$' },
        EVENT: { enum: ['push'] },
        TOKEN: { type: 'string', minLength: 3 },
        LIST: { type: 'array', items: { type: 'integer' } },
      },
      required: ['COMMIT', 'NEVER_MAPPED'],
      additionalProperties: false,
    };
    const map = [
      { name: 'COMMIT', from: '/after' },
      { name: 'EVENT', from: 'x-event', source: 'header' },
      { name: 'TOKEN', from: '/token', secure: true },
      { name: 'LIST', from: '/list' },
      { name: 'BESIDES', from: '/besides' },
    ];

    const faults = mapped(
      map,
      payload({ after: 'xyz', token: 'a', list: [1, 'b'], besides: 1 }, { 'x-event': 'fork' }),
      { env },
    );

    expect((faults as string[][]).sort()).toEqual([
      ['InvalidValue', '/after'],
      ['InvalidValue', '/list/1'],
      ['InvalidValue', '/token'],
      ['InvalidValue', 'header x-event'],
      ['MissingMember', ''],
      ['UnknownMember', '/besides'],
    ]);
    expect(mapped(map, payload({}), { env })).toEqual([
      ['MissingMember', '/after'],
      ['MissingMember', ''],
    ]);
  });

  test('needs no allow: what the map takes, the operator has allowed', () => {
    expect(mapped([{ name: 'A', from: '/a' }], payload({ a: 1 }), { allow: [] })).toEqual({
      env: { A: 1 },
      secureEnv: {},
    });
  });
});

describe('without a map', () => {
  const plain = (body: JsonValue, entry: object = {}) => {
    const job = jobOf(entry);
    const { overrides, faults } = variablesOf(job, payload(body));
    const all = faults.length > 0 ? faults : payloadFaults(job, overrides);
    return all.length === 0 ? overrides : all.map(({ code, target }) => [code, target]);
  };

  test('each top-level key of the payload is a variable; null takes one away', () => {
    expect(plain({ NAME: 'you', COUNT: 3, LIST: [1], NONE: null })).toEqual({
      env: { NAME: 'you', COUNT: 3, LIST: [1], NONE: null },
    });
  });

  test.each([[[]], ['text'], [1], [true], [null]])('a payload of %j is refused', (body) => {
    expect(plain(body)).toEqual([['InvalidValue', '']]);
  });

  test('faults point into the payload itself', () => {
    expect(plain({ 'a-b': 1, 'c/d': 1, RUN_ID: 'x', env: 'fine', NUL: '\0' })).toEqual([
      ['InvalidVariableName', '/a-b'],
      ['InvalidVariableName', '/c~1d'],
      ['InvalidVariableName', '/RUN_ID'],
      ['InvalidVariableValue', '/NUL'],
    ]);
  });

  test('the job’s contract holds, and its faults point into the payload too', () => {
    const env = {
      type: 'object',
      properties: { DATE: { type: 'string', format: 'date' }, env: { type: 'integer' } },
      required: ['DATE'],
      additionalProperties: false,
    };

    expect(plain({ DATE: '2026-02-28' }, { env })).toEqual({ env: { DATE: '2026-02-28' } });
    expect(plain({ DATE: '2026-02-30', env: 'x', OTHER: 1 }, { env })).toEqual([
      ['UnknownMember', '/OTHER'],
      ['InvalidValue', '/DATE'],
      ['InvalidValue', '/env'],
    ]);
    expect(plain({}, { env })).toEqual([['MissingMember', '/DATE']]);
  });

  test('a job that does not let callers send env takes no payload', () => {
    expect(plain({ A: 1 }, { allow: ['ifRunning'] })).toEqual([['NotAllowed', '']]);
  });
});

describe("a job's when", () => {
  const ignores = (when: object[], sent: Payload) => whyIgnored(jobOf({ when }), sent);

  test('wants all of its conditions', () => {
    const when = [
      { from: '/ref', equals: 'refs/heads/main' },
      { from: 'X-Event', source: 'header', equals: 'push' },
      { from: 'test', source: 'query', equals: '1' },
    ];

    expect(
      ignores(when, payload({ ref: 'refs/heads/main' }, { 'x-event': 'push' }, 'test=1')),
    ).toBeUndefined();
    expect(ignores(when, payload({ ref: 'refs/heads/dev' }, { 'x-event': 'push' }, 'test=1'))).toContain(
      "body '/ref'",
    );
    expect(ignores(when, payload({ ref: 'refs/heads/main' }, {}, 'test=1'))).toContain("header 'X-Event'");
    expect(ignores(when, payload({ ref: 'refs/heads/main' }, { 'x-event': 'push' }))).toContain(
      "query 'test'",
    );
  });

  test('compares JSON values, not their text', () => {
    const is = (equals: JsonValue, value: JsonValue) =>
      ignores([{ from: '/a', equals }], payload({ a: value })) === undefined;

    expect(is(1, 1)).toBe(true);
    expect(is(1, '1')).toBe(false);
    expect(is(true, 'true')).toBe(false);
    expect(is({ x: [1, { y: null }], z: 2 }, { z: 2, x: [1, { y: null }] })).toBe(true);
    expect(is([1, 2], [2, 1])).toBe(false);
    expect(is(null, null)).toBe(true);
    expect(ignores([{ from: '/b', equals: null }], payload({ a: null }))).toBeDefined();
  });

  test('shows in its answer neither what was sent nor what was wanted', () => {
    const why = ignores([{ from: '/token', equals: 'hunter2' }], payload({ token: 'guess' }));

    expect(why).not.toMatch(/hunter2|guess/);
  });
});

describe('whatever JSON is sent', () => {
  const contract = {
    type: 'object',
    properties: { A: { type: ['string', 'number'] } },
    additionalProperties: { type: 'string' },
  };
  const jobs = [
    jobOf({}),
    jobOf({ env: contract }),
    jobOf({
      env: contract,
      map: [
        { name: 'A', from: '/a', pattern: '^.{2,}$', maxLength: 9 },
        { name: 'B', from: '/0/b', required: true },
        { name: 'C', from: '/constructor/name', secure: true, default: 'c' },
        { name: 'ALL', from: '' },
      ],
      when: [{ from: '/a/b', equals: {} }],
    }),
  ];
  const body = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.dictionary(fc.constantFrom('a', '0', 'A', '__proto__', 'constructor', 'env'), fc.jsonValue()),
  );

  test('a job answers with variables or with faults, and never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom(...jobs), body, (job, value) => {
        const sent = payload(value as JsonValue);
        whyIgnored(job, sent);
        const { overrides, faults } = variablesOf(job, sent);
        const all = [...faults, ...payloadFaults(job, overrides)];
        for (const { code, message, target } of all) {
          expect(code).toMatch(/^[A-Z]\w+$/);
          expect(message).not.toBe('');
          expect(target).toMatch(/^(?:$|\/)/);
        }
        if (all.length === 0) {
          for (const name of Object.keys({ ...overrides.env, ...overrides.secureEnv })) {
            expect(name).toMatch(/^[A-Za-z_]\w{0,62}$/);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('every fault of a job without a map points at something in the payload, or at what it lacks', () => {
    fc.assert(
      fc.property(body, (value) => {
        const job = jobOf({ env: contract });
        const { overrides, faults } = variablesOf(job, payload(value as JsonValue));
        for (const { target } of faults.length > 0 ? faults : payloadFaults(job, overrides)) {
          const [, key] = /^\/([^/]*)/.exec(target) ?? [];
          const member = key?.replaceAll('~1', '/').replaceAll('~0', '~');
          expect(member === undefined || Object.hasOwn(value as object, member)).toBe(true);
        }
      }),
    );
  });
});
