import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withinDeadline } from '../../src/aci/withinDeadline.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('nothing of the deadline is left once the request is answered, or has failed', async () => {
  expect(await withinDeadline(30_000, async () => 'answer')).toBe('answer');
  await expect(withinDeadline(30_000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await expect(
    withinDeadline(30_000, () => {
      throw new Error('not even sent');
    }),
  ).rejects.toThrow('not even sent');

  expect(vi.getTimerCount()).toBe(0);
});

test('a request that is not answered in time is told, and given up even if it does not listen', async () => {
  const { promise, resolve } = Promise.withResolvers<AbortSignal>();
  const late = withinDeadline(30_000, (signal) => {
    resolve(signal);
    return new Promise(() => {});
  });
  const isRejected = expect(late).rejects.toMatchObject({ name: 'TimeoutError' });
  vi.advanceTimersByTime(30_000);

  await isRejected;
  expect((await promise).reason).toMatchObject({ name: 'TimeoutError' });
});
