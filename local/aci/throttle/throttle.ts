import type { Principal } from '../../identity/principal.ts';
import { type ArmError, resourceRequestsThrottled, subscriptionRequestsThrottled } from '../armErrors.ts';
import { type BoundedMap, createBoundedMap } from '../boundedMap.ts';
import type { Limits } from '../limits.ts';
import { countRequest, type WindowCount, type WindowLimit } from './requestWindow.ts';
import { type BucketLevel, takeToken } from './tokenBucket.ts';

export type ThrottledRequest = {
  method: string;
  /** Undefined for what belongs to no subscription: ARM counts that by tenant. */
  subscriptionId: string | undefined;
  principal: Principal;
  action: string;
  /** Whether it is a PUT or DELETE of a container group, which the service counts itself. */
  isResourceRequest: boolean;
};

/** The headers that say how much is left, and why the request is refused if it is. */
export type Throttled = { headers: Record<string, string>; error?: ArmError };

export type Throttle = { take(request: ThrottledRequest): Throttled };

/** ARM's buckets, then the service's own windows: a request that ARM refuses never reaches the service. */
export function createThrottle(limits: Limits, now: () => number): Throttle {
  const levels = createBoundedMap<string, BucketLevel>(10_000);
  const counts = createBoundedMap<string, WindowCount>(10_000);
  return {
    take(request) {
      const arm = takeFromArm(limits, levels, request, now());
      if (arm.error || !request.isResourceRequest) {
        return arm;
      }
      const service = takeFromService(limits, counts, request, now());
      return { ...service, headers: { ...arm.headers, ...service.headers } };
    },
  };
}

function takeFromArm(
  limits: Limits,
  levels: BoundedMap<string, BucketLevel>,
  { method, subscriptionId, principal }: ThrottledRequest,
  now: number,
): Throttled {
  const kind = method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : 'write';
  const key = `${kind} ${subscriptionId?.toLowerCase() ?? ''} ${principal.objectId}`;
  const { state, remaining, retryAfterSeconds } = takeToken(limits[`${kind}s`], levels.get(key), now);
  levels.set(key, state);
  const scope = subscriptionId === undefined ? 'tenant' : 'subscription';
  return {
    headers: countHeader(`x-ms-ratelimit-remaining-${scope}-${kind}s`, remaining),
    ...(retryAfterSeconds !== undefined && {
      error: subscriptionRequestsThrottled(kind, subscriptionId, principal.objectId, retryAfterSeconds),
    }),
  };
}

function takeFromService(
  limits: Limits,
  counts: BoundedMap<string, WindowCount>,
  { method, subscriptionId = '', action }: ThrottledRequest,
  now: number,
): Throttled {
  const windows = [
    { suffix: 'pt1h', interval: '01:00:00', requests: limits.resourceRequestsPerHour, seconds: 3_600 },
    { suffix: 'pt5m', interval: '00:05:00', requests: limits.resourceRequestsPer5Minutes, seconds: 300 },
  ].map((limit: WindowLimit & { suffix: string; interval: string }) => {
    const key = `${method} ${subscriptionId.toLowerCase()} ${limit.suffix}`;
    return { ...limit, key, ...countRequest(limit, counts.get(key), now) };
  });
  const headers: Record<string, string> = {};
  for (const { suffix, remaining } of windows) {
    const name = `x-ms-ratelimit-remaining-subscription-resource-requests-${suffix}`;
    Object.assign(headers, countHeader(name, remaining));
  }
  for (const { requests, interval, retryAfterSeconds } of windows) {
    if (retryAfterSeconds !== undefined) {
      return { headers, error: resourceRequestsThrottled(action, requests, interval, retryAfterSeconds) };
    }
  }
  for (const { key, state } of windows) {
    counts.set(key, state);
  }
  return { headers };
}

function countHeader(name: string, remaining: number): Record<string, string> {
  return Number.isFinite(remaining) ? { [name]: String(remaining) } : {};
}
