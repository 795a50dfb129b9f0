import { describe, expect, test } from 'vitest';
import { callbackAnswer } from '../../../src/runs/callbacks/callbackAnswer.ts';
import { nextCallbackDelay } from '../../../src/runs/callbacks/nextCallbackDelay.ts';

describe('a receiver that answers', () => {
  test.each([200, 201, 202, 204, 299])('%i has it', (status) => {
    expect(callbackAnswer('h', status, undefined)).toEqual({ delivered: true });
  });

  test.each([408, 429, 500, 502, 503, 504, 599])('%i is asked again', (status) => {
    expect(callbackAnswer('h', status, undefined)).toEqual({
      delivered: false,
      retryable: true,
      why: `'h' answered ${status}.`,
    });
  });

  test.each([300, 301, 302, 304, 307, 308, 400, 401, 403, 404, 409, 410, 413, 422])(
    '%i is not asked again',
    (status) => {
      expect(callbackAnswer('h', status, '5')).toEqual({
        delivered: false,
        retryable: false,
        why: `'h' answered ${status}.`,
      });
    },
  );

  test.each([
    ['0', 0],
    ['120', 120],
    ['86401', 86_400],
    ['9'.repeat(400), 86_400],
    ['-1', undefined],
    ['1.5', undefined],
    ['', undefined],
    ['soon', undefined],
    ['Sat, 21 Nov 2026 10:00:00 GMT', undefined],
  ])('503 with Retry-After %s is asked again no sooner than in %s s', (header, seconds) => {
    const answer = callbackAnswer('h', 503, header);

    expect('retryAfterSeconds' in answer ? answer.retryAfterSeconds : undefined).toBe(seconds);
  });
});

describe('a callback that failed is tried again', () => {
  const tries = [0, 1, 2, 3, 4, 5, 6, 7, 8];

  test('after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 10 h, and then given up', () => {
    expect(tries.map((count) => nextCallbackDelay(count, 0))).toEqual([
      5,
      300,
      1_800,
      7_200,
      18_000,
      36_000,
      36_000,
      undefined,
      undefined,
    ]);
  });

  test('up to a fifth later, as luck has it', () => {
    expect(tries.map((count) => nextCallbackDelay(count, 1))).toEqual([
      6,
      360,
      2_160,
      8_640,
      21_600,
      43_200,
      43_200,
      undefined,
      undefined,
    ]);
    expect(nextCallbackDelay(1, 0.5)).toBe(330);
  });
});
