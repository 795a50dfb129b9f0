import type { HttpRequest } from '@azure/functions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidRequest, LauncherError } from '../../../src/aci/errors.ts';
import { readJsonBody } from '../../../src/functions/http/body.ts';
import { RequestRefused } from '../../../src/functions/http/requestRefused.ts';
import { streamedRequest } from '../call.ts';

const kibibyte = 1024;
const json = { 'content-type': 'application/json' };
const send = (text: string, headers: Record<string, string> = json) => streamedRequest([text], headers);

async function refusal(request: HttpRequest): Promise<LauncherError> {
  const error = await readJsonBody(request).then(
    (body) => expect.fail(`It was read: ${JSON.stringify(body)}`),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(LauncherError);
  return error as LauncherError;
}

describe('a body', () => {
  test.each([
    ['{"a": [1, "ü", null, true]}', { a: [1, 'ü', null, true] }],
    ['[]', []],
    ['"text"', 'text'],
    ['null', null],
    [' \r\n{}\n', {}],
  ])('%s is read', async (text, value) => {
    expect(await readJsonBody(send(text))).toEqual(value);
  });

  test.each(['', ' ', '\r\n\t', '\uFEFF'])('of nothing (%j) is {}, whatever its type', async (text) => {
    expect(await readJsonBody(send(text, {}))).toEqual({});
    expect(await readJsonBody(send(text, { 'content-type': 'text/plain' }))).toEqual({});
    expect(await readJsonBody(send(text))).toEqual({});
  });

  test('may start with a byte order mark', async () => {
    expect(await readJsonBody(send('\uFEFF{"a": 1}'))).toEqual({ a: 1 });
  });

  test('may come in chunks, even in the middle of a character', async () => {
    const bytes = new TextEncoder().encode('{"a": "ü😀"}');

    expect(await readJsonBody(streamedRequest([...bytes].map((byte) => Uint8Array.of(byte))))).toEqual({
      a: 'ü😀',
    });
  });

  test('of any JSON comes out as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('"__proto__"'));
        expect(await readJsonBody(send(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('of any text is read or refused on purpose', async () => {
    const nearlyJson = fc
      .array(
        fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '1', 'e9', '\\', 'null', '__proto__', '\0', 'ü'),
      )
      .map((tokens) => tokens.join(''));
    await fc.assert(
      fc.asyncProperty(fc.oneof(nearlyJson, fc.json(), fc.string()), async (text) => {
        await readJsonBody(send(text)).catch((error: unknown) => expect(error).toBeInstanceOf(LauncherError));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the type of a body', () => {
  test.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/cloudevents+json',
    'application/vnd.github.v3+json;charset=utf-8',
  ])('may be %s', async (type) => {
    expect(await readJsonBody(send('{"a": 1}', { 'content-type': type }))).toEqual({ a: 1 });
  });

  test.each([
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'application/jsonp',
    'application/json-seq',
    'text/plain; application/json',
    'application/json, text/plain',
    'json',
    '',
  ])('may not be %j', async (type) => {
    expect(await refusal(send('{}', { 'content-type': type }))).toMatchObject({
      status: 415,
      code: 'UnsupportedMediaType',
    });
  });

  test('must be said', async () => {
    expect(await refusal(send('{}', {}))).toMatchObject({ status: 415, code: 'UnsupportedMediaType' });
  });
});

describe('the size of a body', () => {
  const ofSize = (bytes: number) => `"${'x'.repeat(bytes - 2)}"`;

  test('may be 256 KiB, and not a byte more', async () => {
    expect(await readJsonBody(send(ofSize(256 * kibibyte)))).toHaveLength(256 * kibibyte - 2);
    expect(await refusal(send(ofSize(256 * kibibyte + 1)))).toMatchObject({
      status: 413,
      code: 'RequestBodyTooLarge',
      message: 'The body is over 256 KiB, the most that a request may have.',
    });
  });

  test('is counted in bytes, not in characters', async () => {
    expect(await refusal(send(`"${'ü'.repeat(128 * kibibyte)}"`))).toMatchObject({ status: 413 });
  });

  test('is counted over all chunks, and reading stops where it is too large', async () => {
    let sent = 0;
    let isCanceled = false;
    function* endless() {
      try {
        for (;;) {
          sent += 1;
          yield ' '.repeat(kibibyte);
        }
      } finally {
        isCanceled = true;
      }
    }

    expect(await refusal(streamedRequest(endless()))).toMatchObject({ status: 413 });
    expect(sent).toBeLessThan(300);
    expect(isCanceled).toBe(true);
  });

  test('is believed when Content-Length says it is too large, and nothing is read', async () => {
    const request = streamedRequest(['{}'], { ...json, 'content-length': String(256 * kibibyte + 1) });

    expect(await refusal(request)).toMatchObject({ status: 413 });
    expect(request.bodyUsed).toBe(false);
  });

  test('is not believed when Content-Length says less, or nonsense', async () => {
    for (const length of ['1', 'many', '-1']) {
      const request = streamedRequest([ofSize(256 * kibibyte + 1)], { ...json, 'content-length': length });
      expect(await refusal(request)).toMatchObject({ status: 413 });
    }
  });
});

describe('what is no JSON', () => {
  test.each([
    ['hunter2', 'line 1, column 1'],
    ['{"password": hunter2}', 'line 1, column 14'],
    ['{"password": "hunter2" oops}', 'line 1, column 24'],
    ['{"password": "hunter2",}', 'line 1, column 24'],
    ['{"password":\n "hunter2', 'line 2, column 10'],
    ['{"a": 1} hunter2', 'line 1, column 10'],
    ["{'password': 'hunter2'}", 'line 1, column 2'],
    ['\uFEFF\uFEFF{}', 'line 1, column 1'],
    ['NaN', 'line 1, column 1'],
  ])('as %j is refused with the place, and without a word of it', async (text, place) => {
    const error = await refusal(send(text));

    expect(error).toMatchObject({
      status: 400,
      code: 'InvalidJson',
      message: `The body is not JSON that can be read: it breaks off at ${place}.`,
    });
    expect(error.cause).toBeUndefined();
  });

  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['a character cut off', [0x22, 0xc3, 0x22]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('for %s is not UTF-8', async (_, bytes) => {
    expect(await refusal(streamedRequest([Uint8Array.from(bytes)]))).toMatchObject({
      status: 400,
      code: 'InvalidJson',
      message: 'The body is not JSON that can be read: it is not UTF-8.',
    });
  });
});

describe('the depth of a body', () => {
  const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

  test('may be 64 levels, and not one more', async () => {
    expect(await readJsonBody(send(nested(64)))).toBeInstanceOf(Array);
    expect(await refusal(send(nested(65)))).toMatchObject({
      status: 400,
      code: 'InvalidJson',
      message: 'The body is not JSON that can be read: it is nested deeper than 64 levels.',
    });
    expect(await refusal(send(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`))).toMatchObject({ status: 400 });
    expect(await refusal(send('[{"a":'.repeat(33)))).toMatchObject({ status: 400 });
  });

  test('is of brackets, not of text that looks like some', async () => {
    const text = `["${'[{'.repeat(100)}", "\\"${'['.repeat(100)}", "\\\\", ${nested(63)}]`;

    expect(await readJsonBody(send(text))).toBeInstanceOf(Array);
    expect(await refusal(send(`["\\\\", ${nested(64)}]`))).toMatchObject({ status: 400 });
  });

  test.each([
    ['100,000 levels', '['.repeat(100_000)],
    ['text that never ends', `"${'\\"'.repeat(131_000)}`],
    ['backslashes', '\\'.repeat(262_000)],
    ['many short texts', `[${'"",'.repeat(87_000)}`],
    ['quotes and backslashes', '"\\'.repeat(131_000)],
  ])('is found quickly, also in a hostile body of %s', { timeout: 5_000 }, async (_, text) => {
    expect(await refusal(send(text))).toMatchObject({ status: 400, code: 'InvalidJson' });
  });
});

describe('what a JSON reader would take in silence', () => {
  test('is refused as a member: __proto__, wherever it stands', async () => {
    const error = await refusal(
      send('{"__proto__": {"a": 1}, "b": [{"c/d": {"\\u005f_proto__": []}}], "proto": 1}'),
    );

    expect(error).toBeInstanceOf(InvalidRequest);
    expect((error as InvalidRequest).faults).toEqual([
      { code: 'UnknownMember', target: '/__proto__', message: "'__proto__' is refused." },
      { code: 'UnknownMember', target: '/b/0/c~1d/__proto__', message: "'__proto__' is refused." },
    ]);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  test('is let through as text', async () => {
    expect(await readJsonBody(send('{"a": "__proto__", "constructor": 1}'))).toEqual({
      a: '__proto__',
      constructor: 1,
    });
  });

  test.each([
    '9007199254740993',
    '12345678901234567890',
    '0.12345678901234567890',
    '1e400',
    '-1e400',
    '1e-400',
  ])('is refused as a number: %s, of which digits would be lost', async (number) => {
    const error = await refusal(send(`{"a": [1, ${number}]}`));

    expect((error as InvalidRequest).faults).toMatchObject([{ code: 'InvalidValue', target: '/a/1' }]);
    expect(error.message).toContain('send it as text');
    expect(error.message).not.toContain(number);
  });

  test.each([
    ['9007199254740991', 9007199254740991],
    ['1.50', 1.5],
    ['1e21', 1e21],
    ['1E+2', 100],
    ['-0.1e-6', -1e-7],
    ['0.0', 0],
    ['1.7976931348623157e308', Number.MAX_VALUE],
  ])('is fine as a number that is kept: %s', async (number, value) => {
    expect(await readJsonBody(send(number))).toBe(value);
  });

  test('has every fault named at once', async () => {
    const error = await refusal(send('{"__proto__": 1e999, "a": {"__proto__": 9007199254740993}}'));

    expect((error as InvalidRequest).faults.map(({ target }) => target)).toEqual([
      '/__proto__',
      '/__proto__',
      '/a/__proto__',
      '/a/__proto__',
    ]);
    expect(error).not.toBeInstanceOf(RequestRefused);
  });
});
