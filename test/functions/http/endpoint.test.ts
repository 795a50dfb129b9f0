import { describe, expect, test } from 'vitest';
import { NotFound } from '../../../src/aci/errors.ts';
import type { HttpFunction } from '../../../src/functions/http/endpoint.ts';
import { call, origin } from '../call.ts';

const functionOf = (handler: HttpFunction['handler']): HttpFunction => ({
  name: 'a-function',
  methods: ['GET'],
  route: 'a',
  access: 'signedIn',
  handler,
});
const answering = functionOf(async () => ({
  status: 202,
  headers: { location: '/there' },
  jsonBody: { a: 1 },
}));
const failing = (error: unknown) =>
  functionOf(async () => {
    throw error;
  });

describe('every answer', () => {
  test('is what the function answers, with the id of the request, and for no cache to keep', async () => {
    const answer = await call(answering);

    expect(answer).toMatchObject({ status: 202, json: { a: 1 } });
    expect(Object.fromEntries(answer.headers)).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/json',
      location: '/there',
      'x-ms-request-id': 'an-invocation',
    });
  });

  test("gives the caller's own id back, errors included", async () => {
    const headers = { 'x-ms-client-request-id': 'Mine-1' };

    for (const each of [answering, failing(new NotFound('JobNotFound', 'x')), failing(new Error('x'))]) {
      const answer = await call(each, { headers });
      expect(answer.headers.get('x-ms-client-request-id')).toBe('Mine-1');
      expect(answer.headers.get('x-ms-request-id')).toBe('an-invocation');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('takes no id from a caller but that', async () => {
    const answer = await call(answering, {
      headers: { 'x-ms-request-id': 'mine', 'x-ms-client-request-id': '' },
    });

    expect(answer.headers.get('x-ms-request-id')).toBe('an-invocation');
    expect(answer.headers.has('x-ms-client-request-id')).toBe(false);
  });
});

describe('a function that throws', () => {
  test("what is the caller's to know answers that, and logs nothing", async () => {
    const logged: unknown[] = [];
    const answer = await call(failing(new NotFound('JobNotFound', 'No such job.')), {}, { logged });

    expect(answer).toMatchObject({
      status: 404,
      json: { error: { code: 'JobNotFound', message: 'No such job.' } },
    });
    expect(logged).toEqual([]);
  });

  test('anything else answers 500 without a word of it, and logs it', async () => {
    const logged: unknown[] = [];
    const error = new Error('hunter2');
    const answer = await call(failing(error), {}, { logged });

    expect(answer).toMatchObject({ status: 500, json: { error: { code: 'InternalServerError' } } });
    expect(answer.text).not.toContain('hunter2');
    expect(logged).toEqual([error]);
  });
});

describe('web pages elsewhere', () => {
  const foreign = { url: 'http://localhost:7071/api/a', headers: { origin: 'https://example.org' } };

  test('are kept out where Azure is an emulator, before the function sees anything', async () => {
    let isCalled = false;
    const seeing = functionOf(async () => {
      isCalled = true;
      return {};
    });

    expect(await call(seeing, foreign, { isLocal: true })).toMatchObject({
      status: 403,
      json: { error: { code: 'OriginNotAllowed' } },
    });
    expect(isCalled).toBe(false);
    expect(await call(seeing, { url: `${origin}/api` }, { isLocal: true })).toMatchObject({
      status: 403,
      json: { error: { code: 'HostNotAllowed' } },
    });
    expect(
      await call(
        seeing,
        { url: 'http://localhost:7071/api', body: {}, headers: { 'content-type': 'text/plain' } },
        { isLocal: true },
      ),
    ).toMatchObject({ status: 415 });
    expect(isCalled).toBe(false);
  });

  test('are none where the request came from this machine itself', async () => {
    const headers = { origin: 'http://localhost:7071', 'sec-fetch-site': 'same-origin' };

    expect(
      await call(answering, { url: 'http://localhost:7071/api', headers }, { isLocal: true }),
    ).toMatchObject({
      status: 202,
    });
    expect(await call(answering, { url: 'http://[::1]:7071/api' }, { isLocal: true })).toMatchObject({
      status: 202,
    });
  });

  test('are let in on Azure, where keys decide', async () => {
    expect(await call(answering, foreign)).toMatchObject({ status: 202 });
  });
});
