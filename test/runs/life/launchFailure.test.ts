import { expect, test } from 'vitest';
import { ArmError } from '../../../src/aci/errors.ts';
import { launchFailure } from '../../../src/runs/life/launchFailure.ts';

const failureOf = (given: Partial<ConstructorParameters<typeof ArmError>[0]>) =>
  launchFailure(new ArmError({ code: 'SomeCode', message: 'It did not work.', ...given }));

test.each([
  [{ status: 500, outcomeUnknown: true }, { kind: 'unknown' }],
  [
    { status: 429, code: 'TooManyRequests', retryAfterSeconds: 372 },
    { kind: 'wait', reason: 'Throttled', seconds: 372 },
  ],
  [
    { status: 429, code: 'TooManyRequests' },
    { kind: 'wait', reason: 'Throttled', seconds: 30 },
  ],
  [
    { status: 429, retryAfterSeconds: 86_400 },
    { kind: 'wait', reason: 'Throttled', seconds: 600 },
  ],
  [
    { status: 409, code: 'ContainerGroupTransitioning' },
    { kind: 'wait', reason: 'GroupBusy', seconds: 10 },
  ],
  [
    { status: 400, code: 'ContainerGroupQuotaReached' },
    { kind: 'wait', reason: 'QuotaReached', seconds: 60 },
  ],
  [
    { status: 409, code: 'ServiceUnavailable' },
    { kind: 'wait', reason: 'CapacityUnavailable', seconds: 60 },
  ],
  [
    { status: 409, code: 'RegistryErrorResponse' },
    { kind: 'wait', reason: 'ImagePull', seconds: 60 },
  ],
  [
    { status: 409, code: 'AnotherOperationInProgress' },
    { kind: 'wait', reason: 'GroupBusy', seconds: 10 },
  ],
  [{ code: 'CredentialUnavailable' }, { kind: 'wait', seconds: 30 }],
  [{ status: 503 }, { kind: 'wait', seconds: 10 }],
] as const)('%o passes, or is not known: %o', (given, failure) => {
  expect(failureOf(given)).toEqual(failure);
});

test.each([
  [{ status: 400, code: 'InaccessibleImage' }, 'ImagePull'],
  [{ status: 403, code: 'AuthorizationFailed' }, 'LaunchRejected'],
  [{ status: 409, code: 'MissingSubscriptionRegistration' }, 'LaunchRejected'],
  [{ status: 400, code: 'InvalidRequestContent' }, 'LaunchRejected'],
] as const)('%o ends the run as %s, with ARM’s own code and words', (given, reason) => {
  expect(failureOf(given)).toEqual({
    kind: 'rejected',
    end: { status: 'Failed', reason, error: { code: given.code, message: 'It did not work.' } },
  });
});
