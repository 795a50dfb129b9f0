import { setTimeout } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { inTime, type Wait } from '../../../src/runs/request/inTime.ts';

const wait: Wait = (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal });

test('work that is done in time is what comes out, and leaves no timer', async () => {
  const stopped = vi.fn();
  const watched: Wait = (milliseconds, signal) => {
    signal?.addEventListener('abort', stopped);
    return wait(milliseconds, signal);
  };

  expect(await inTime(watched, 60_000, Promise.resolve('done'))).toBe('done');
  expect(stopped).toHaveBeenCalledOnce();
});

test('work that fails in time fails, and leaves no timer', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();

  await expect(inTime(wait, 60_000, Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(timers()).toBe(before);
});

test('when the time is over first nothing comes out, and the work goes on', async () => {
  const work = Promise.withResolvers<string>();

  expect(await inTime(async () => {}, 1, work.promise)).toBeUndefined();
  work.resolve('later');
  expect(await work.promise).toBe('later');
});
