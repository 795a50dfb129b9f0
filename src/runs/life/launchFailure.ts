import type { ArmError } from '../../aci/errors.ts';
import type { WaitReason } from '../run.ts';
import type { End } from '../runRecord.ts';

/** What an error of ARM means to a launch. */
export type LaunchFailure =
  /** The launch may have got through all the same. */
  | { kind: 'unknown' }
  /** It did not, and can be tried again after so many seconds. */
  | { kind: 'wait'; reason?: WaitReason; seconds: number }
  /** It did not, and never will. */
  | { kind: 'rejected'; end: End };

/** Codes of ARM that pass, with what a run shows meanwhile and how long it waits (facts/aci.md: Errors, Update, Limits). */
const passing: Record<string, { reason?: WaitReason; seconds: number }> = {
  ContainerGroupTransitioning: { reason: 'GroupBusy', seconds: 10 },
  ContainerGroupQuotaReached: { reason: 'QuotaReached', seconds: 60 },
  ServiceUnavailable: { reason: 'CapacityUnavailable', seconds: 60 },
  RegistryErrorResponse: { reason: 'ImagePull', seconds: 60 },
  CredentialUnavailable: { seconds: 30 },
};

/** The codes of 409 that do not pass; with any other, ARM works on something else first. */
const lasting409 = ['MissingSubscriptionRegistration', 'ResourceGroupBeingDeleted'];
const busySeconds = 10;
const throttledSeconds = 30;
const unansweredSeconds = 10;

/** Longer waits that ARM asks for are cut: a look costs little, and a throttle may end sooner. */
const longestWaitSeconds = 600;

/** What an error that ARM, or the way to it, gave to a PUT or to the GET before it means to the launch. */
export function launchFailure(error: ArmError): LaunchFailure {
  if (error.outcomeUnknown) {
    return { kind: 'unknown' };
  }
  const wait = (seconds: number, reason?: WaitReason): LaunchFailure => ({
    kind: 'wait',
    ...(reason && { reason }),
    seconds: Math.min(Math.max(error.retryAfterSeconds ?? 0, seconds), longestWaitSeconds),
  });
  if (error.status === 429) {
    return wait(error.retryAfterSeconds === undefined ? throttledSeconds : 1, 'Throttled');
  }
  const known = Object.hasOwn(passing, error.code) ? passing[error.code] : undefined;
  if (known) {
    return wait(known.seconds, known.reason);
  }
  if (error.status === undefined || error.status >= 500 || error.status === 401 || error.status === 408) {
    return wait(unansweredSeconds);
  }
  if (error.status === 409 && !lasting409.includes(error.code)) {
    return wait(busySeconds, 'GroupBusy');
  }
  return { kind: 'rejected', end: rejection(error) };
}

/** The end of a task whose launch was refused for good. */
export function rejection({ code, message }: { code: string; message: string }): End {
  return {
    status: 'Failed',
    reason: code === 'InaccessibleImage' ? 'ImagePull' : 'LaunchRejected',
    error: { code, message },
  };
}
