import { expect, onTestFinished, test } from 'vitest';
import { defaultLimits, noLimits } from '../../../local/aci/limits.ts';
import { countRequest, type WindowCount } from '../../../local/aci/throttle/requestWindow.ts';
import { type BucketLevel, takeToken } from '../../../local/aci/throttle/tokenBucket.ts';
import { callArm, groupOf, subscriptionId } from './armCaller.ts';

const other = '99999999-2222-3333-4444-555555555555';
const oneHour = 'x-ms-ratelimit-remaining-subscription-resource-requests-pt1h';
const fiveMinutes = 'x-ms-ratelimit-remaining-subscription-resource-requests-pt5m';

test('a bucket gives what it holds, refills evenly, and never over the brim', () => {
  const bucket = { capacity: 2, refillPerSecond: 10 };
  const take = (level: BucketLevel | undefined, now: number) => takeToken(bucket, level, now);
  const first = take(undefined, 0);
  expect(first).toEqual({ state: { tokens: 1, at: 0 }, remaining: 1 });
  const second = take(first.state, 0);
  expect(second.remaining).toBe(0);
  expect(take(second.state, 50)).toMatchObject({ remaining: 0, retryAfterSeconds: 1 });
  expect(take(second.state, 100)).toMatchObject({ remaining: 0, state: { tokens: 0 } });
  expect(take(second.state, 1_000_000).remaining).toBe(1);
});

test('a window counts from its first request, and a new one opens when it is over', () => {
  const count = (window: WindowCount | undefined, now: number) =>
    countRequest({ requests: 2, seconds: 300 }, window, now);
  const first = count(undefined, 5_000);
  expect(first).toEqual({ state: { openedAt: 5_000, count: 1 }, remaining: 1 });
  const full = count(first.state, 6_000);
  expect(full.remaining).toBe(0);
  expect(count(full.state, 104_500)).toEqual({ state: full.state, remaining: 0, retryAfterSeconds: 201 });
  expect(count(full.state, 305_000)).toEqual({ state: { openedAt: 305_000, count: 1 }, remaining: 1 });
});

// [R] facts/aci.md, Limits: "headers x-ms-ratelimit-remaining-subscription-resource-requests-pt1h / -pt5m on PUT and DELETE".
test('[R] PUT and DELETE say how many more the service takes, GET does not', async () => {
  const arm = await callArm({ limits: defaultLimits });
  onTestFinished(() => arm.emulator.close());
  const counts = ({ headers }: { headers: Headers }) => [headers.get(oneHour), headers.get(fiveMinutes)];
  expect(counts(await arm.provision('job', groupOf('')))).toEqual(['299', '99']);
  expect(counts(await arm.put('job', groupOf('')))).toEqual(['298', '98']);
  expect(counts(await arm.get('job'))).toEqual([null, null]);
  expect(counts(await arm.call('DELETE', arm.path('none')))).toEqual(['299', '99']);
});

test('ARM says how much is left to read, write and delete, of each subscription', async () => {
  const arm = await callArm({ limits: defaultLimits });
  onTestFinished(() => arm.emulator.close());
  const left = async (method: string, path: string, kind: string) =>
    (await arm.call(method, path, method === 'PUT' ? groupOf('') : undefined)).headers.get(
      `x-ms-ratelimit-remaining-${kind}`,
    );
  expect(await left('GET', arm.path('job'), 'subscription-reads')).toBe('249');
  expect(await left('GET', arm.path('job'), 'subscription-reads')).toBe('248');
  expect(await left('GET', arm.path('job').replace(subscriptionId, other), 'subscription-reads')).toBe('249');
  expect(await left('PUT', arm.path('job'), 'subscription-writes')).toBe('199');
  expect(await left('DELETE', arm.path('job2'), 'subscription-deletes')).toBe('199');
  expect(await left('GET', '/subscriptions?api-version=2022-12-01', 'tenant-reads')).toBe('249');
});

// [R] facts/aci.md, Errors: "TooManyRequests / ResourceRequestsThrottled | 429 | Number of requests for action 'A' exceeded the limit …".
test('[R] one PUT too many is refused with 429, its words, and when to come back', async () => {
  const arm = await callArm({ limits: { ...noLimits, resourceRequestsPerHour: 2 } });
  onTestFinished(() => arm.emulator.close());
  await arm.put('one', groupOf(''));
  await arm.clock.advance(600_000);
  await arm.put('two', groupOf(''));
  const refused = await arm.put('three', groupOf(''));
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('3000');
  expect(refused.headers.get(oneHour)).toBe('0');
  expect(refused.body).toEqual({
    error: {
      code: 'ResourceRequestsThrottled',
      message:
        "Number of requests for action 'Microsoft.ContainerInstance/containerGroups/write' exceeded the limit of '2' for time interval '01:00:00'. Please try again after '3000' seconds.",
    },
  });
  expect((await arm.get('three')).status).toBe(404);
  expect((await arm.put('three', { ...groupOf('') })).status).toBe(429);
  await arm.clock.advance(3_000_000);
  expect((await arm.put('three', groupOf(''))).status).toBe(201);
});

test('an empty bucket of ARM refuses one principal in one subscription, and refills', async () => {
  const limits = { ...noLimits, reads: { capacity: 2, refillPerSecond: 0.1 } };
  const arm = await callArm({ limits });
  onTestFinished(() => arm.emulator.close());
  await arm.get('job');
  await arm.get('job');
  const refused = await arm.get('job');
  expect([refused.status, refused.headers.get('retry-after'), refused.body.error.code]).toEqual([
    429,
    '10',
    'SubscriptionRequestsThrottled',
  ]);
  expect(refused.body.error.message).toMatch(
    /^Number of 'read' requests for subscription '11111111-.*' actor '.*' exceeded\. Please try again after '10' seconds\.$/,
  );
  expect((await arm.call('GET', arm.path('job').replace(subscriptionId, other))).status).toBe(404);
  const somebody = arm.emulator.mintToken().token;
  expect((await arm.call('GET', arm.path('job'), undefined, undefined, somebody)).status).toBe(404);
  await arm.clock.advance(10_000);
  expect((await arm.get('job')).status).toBe(404);
  expect((await arm.get('job')).status).toBe(429);
});

test('without limits nothing is counted', async () => {
  const arm = await callArm({ limits: noLimits });
  onTestFinished(() => arm.emulator.close());
  const { headers } = await arm.put('job', groupOf(''));
  expect([...headers.keys()].filter((name) => name.includes('ratelimit'))).toEqual([]);
});
