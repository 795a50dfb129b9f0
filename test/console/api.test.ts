import { describe, expect, test } from 'vitest';
import { ApiError, ConnectionLost, passes, whatToDo } from '../../src/console/api/apiError.ts';
import { createLimit } from '../../src/console/api/limit.ts';
import { groupOf, groupPath, jobPath, portalUrl, runPath } from '../../src/console/api/paths.ts';

describe('requests', () => {
  const { signal } = new AbortController();

  test('go out a few at a time, in the order in which they were asked for', async () => {
    const limited = createLimit(2);
    const ends: (() => void)[] = [];
    const begun: number[] = [];
    const work = [0, 1, 2, 3].map((index) =>
      limited(() => {
        begun.push(index);
        return new Promise<number>((resolve) => ends.push(() => resolve(index)));
      }, signal),
    );

    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    ends[0]?.();
    await work[0];
    await expect.poll(() => begun).toEqual([0, 1, 2]);
    ends[1]?.();
    await expect.poll(() => begun).toEqual([0, 1, 2, 3]);
    ends[2]?.();
    ends[3]?.();
    expect(await Promise.all(work)).toEqual([0, 1, 2, 3]);
  });

  test('that nobody wants any more are not sent, and one that failed keeps nobody waiting', async () => {
    const limited = createLimit(1);
    const left = new AbortController();
    const failed = limited(() => Promise.reject(new Error('no')), signal);
    let isSent = false;
    const unwanted = limited(async () => {
      isSent = true;
    }, left.signal);
    left.abort(new Error('left'));
    const last = limited(async () => 'sent', signal);

    await expect(failed).rejects.toThrow('no');
    await expect(unwanted).rejects.toThrow('left');
    expect([await last, isSent]).toEqual(['sent', false]);
  });
});

describe('an error', () => {
  test.each([
    [new ConnectionLost(new TypeError('Failed to fetch')), true],
    [new ApiError(429, 'TooManyRequests', ''), true],
    [new ApiError(503, 'StorageUnavailable', ''), true],
    [new ApiError(409, 'RunInProgress', ''), false],
    [new ApiError(404, 'RunNotFound', ''), false],
    [new TypeError('a fault of the page'), false],
  ])('%s passes: %s', (error, isPassing) => {
    expect(passes(error)).toBe(isPassing);
  });

  test('comes with what to do about it, where there is something', () => {
    expect(whatToDo({ status: 409, code: 'RunInProgress' })).toMatch(/queue/);
    expect(whatToDo({ status: 401, code: 'HTTP 401' })).toMatch(/host key/);
    expect(whatToDo({ status: 400, code: 'InvalidRequest' })).toBe('');
  });
});

test('paths hold whatever names hold, and only that', () => {
  const group = { subscriptionId: 's', resourceGroup: 'a (ü)', name: 'one' };

  expect(groupPath(group)).toBe('azure/containers/s/a%20(%C3%BC)/one');
  expect(runPath(group, '../x')).toBe('azure/containers/s/a%20(%C3%BC)/one/runs/..%2Fx');
  expect(jobPath('a/b')).toBe('jobs/a%2Fb');
  expect(portalUrl('/subscriptions/s/resourceGroups/ü')).toBe(
    'https://portal.azure.com/#resource/subscriptions/s/resourceGroups/%C3%BC/overview',
  );
  expect(groupOf('no id').name).toBe('no id');
});
