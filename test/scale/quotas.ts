import { defaultLimits } from '../../local/aci/limits.ts';
import { countRequest, type WindowCount } from '../../local/aci/throttle/requestWindow.ts';
import { type BucketLevel, takeToken } from '../../local/aci/throttle/tokenBucket.ts';
import { ArmError } from '../../src/aci/errors.ts';

/** What one subscription takes in one region, as the emulator counts it (facts/aci.md, Limits). */
export type Quotas = {
  /** @returns why a GET is refused; nothing when it is served. */
  read(now: number): ArmError | undefined;
  /** @returns why the PUT of a group is refused, which then counts among the groups until it is removed. */
  create(now: number): ArmError | undefined;
  /** A group is gone. */
  remove(): void;
};

const windows = [
  { requests: defaultLimits.resourceRequestsPer5Minutes, seconds: 300 },
  { requests: defaultLimits.resourceRequestsPerHour, seconds: 3_600 },
];

/** Quotas of which nothing is used yet. */
export function createQuotas(): Quotas {
  let reads: BucketLevel | undefined;
  let writes: BucketLevel | undefined;
  let counts: (WindowCount | undefined)[] = windows.map(() => undefined);
  let groups = 0;
  return {
    read(now) {
      const taken = takeToken(defaultLimits.reads, reads, now);
      reads = taken.state;
      return throttled('SubscriptionRequestsThrottled', taken.retryAfterSeconds);
    },
    create(now) {
      const taken = takeToken(defaultLimits.writes, writes, now);
      writes = taken.state;
      const counted = windows.map((window, index) => countRequest(window, counts[index], now));
      const waits = counted
        .map(({ retryAfterSeconds }) => retryAfterSeconds)
        .find((wait) => wait !== undefined);
      const refusal =
        throttled('SubscriptionRequestsThrottled', taken.retryAfterSeconds) ??
        throttled('ResourceRequestsThrottled', waits);
      if (refusal) {
        return refusal;
      }
      counts = counted.map(({ state }) => state);
      if (groups >= defaultLimits.containerGroups) {
        const code = 'ContainerGroupQuotaReached';
        return new ArmError({ code, message: code, status: 400 });
      }
      groups += 1;
      return undefined;
    },
    remove() {
      groups -= 1;
    },
  };
}

function throttled(code: string, retryAfterSeconds: number | undefined): ArmError | undefined {
  return retryAfterSeconds === undefined
    ? undefined
    : new ArmError({ code, message: code, status: 429, retryAfterSeconds });
}
