import type { HttpResponseInit } from '@azure/functions';
import {
  AlreadyExists,
  ArmError,
  CannotClone,
  type Fault,
  InvalidRequest,
  LauncherError,
  NeedsClone,
  NotFound,
  RunInProgress,
  ScopeNotAllowed,
  SecretsRequired,
} from '../../aci/errors.ts';
import {
  IdempotencyKeyReused,
  LauncherSecretRequired,
  QueueFull,
  RunIsOver,
  RunNotStored,
  RunTooLarge,
  SecretsToSendAgain,
} from '../../runs/errors.ts';
import { JobGone } from '../../runs/step/planTask.ts';
import { StorageError } from '../../runs/store/rows.ts';
import { RequestRefused } from './requestRefused.ts';

/** More faults than these help nobody to read an answer. */
const mostFaults = 100;

/**
 * The one place where an error becomes an HTTP answer, in Azure's envelope `{error: {code, message, details?}}`. The
 * caller's fault is 4xx, ours 5xx without a word of our insides, Azure's its own status.
 */
export function errorAnswer(error: unknown): HttpResponseInit {
  if (!(error instanceof LauncherError)) {
    return envelope(
      500,
      'InternalServerError',
      'The launcher failed; its log names the cause by x-ms-request-id.',
    );
  }
  const status = statusOf(error);
  const answer = envelope(status, error.code, messageOf(error), faultsOf(error));
  const seconds = retryAfterOf(error);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(seconds !== undefined && { 'retry-after': String(seconds) }),
      ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    },
  };
}

function messageOf(error: LauncherError): string {
  return error instanceof ArmError && error.outcomeUnknown
    ? `${error.message} It may have taken effect all the same: look at the container group before you try again.`
    : error.message;
}

function statusOf(error: LauncherError): number {
  if (error instanceof ArmError) {
    return armStatus(error);
  }
  if (error instanceof RequestRefused) {
    return error.status;
  }
  return statuses.find(([kind]) => error instanceof kind)?.[1] ?? 500;
}

const statuses: readonly (readonly [
  kind: abstract new (...given: never[]) => LauncherError,
  status: number,
])[] = [
  [InvalidRequest, 400],
  [ScopeNotAllowed, 403],
  [NotFound, 404],
  [JobGone, 404],
  [AlreadyExists, 409],
  [RunInProgress, 409],
  [RunIsOver, 409],
  [CannotClone, 422],
  [IdempotencyKeyReused, 422],
  [LauncherSecretRequired, 422],
  [NeedsClone, 422],
  [SecretsRequired, 422],
  [SecretsToSendAgain, 422],
  [RunTooLarge, 413],
  [QueueFull, 429],
  [RunNotStored, 503],
  [StorageError, 503],
];

/** What is wrong with the storage passes, or somebody is needed: there is no telling when. */
const storageRetrySeconds = 5;

function retryAfterOf(error: LauncherError): number | undefined {
  if (error instanceof StorageError) {
    return storageRetrySeconds;
  }
  return error instanceof ArmError || error instanceof QueueFull || error instanceof RunNotStored
    ? error.retryAfterSeconds
    : undefined;
}

/**
 * ARM's 4xx is passed on, but for the 401 of a call with the app's token: it is not the caller who was refused. Of its 5xx, 503 asks to
 * come back; the rest are a bad gateway's, as is no answer at all.
 */
function armStatus({ status, code, token }: ArmError): number {
  if (status === undefined) {
    return { ArmTimeout: 504, ListTimedOut: 504, CredentialUnavailable: 503 }[code] ?? 502;
  }
  return status === 503 || (status >= 400 && status < 500 && (status !== 401 || token === 'caller'))
    ? status
    : 502;
}

function faultsOf(error: LauncherError): readonly Fault[] {
  if (error instanceof RunInProgress) {
    return [
      { code: 'Run', target: error.runId, message: `The run that holds the group is '${error.runId}'.` },
    ];
  }
  return 'faults' in error ? (error.faults as readonly Fault[]) : [];
}

function envelope(
  status: number,
  code: string,
  message: string,
  faults: readonly Fault[] = [],
): HttpResponseInit {
  const details = faults.slice(0, mostFaults);
  return {
    status,
    headers: { 'x-ms-error-code': code },
    jsonBody: {
      error: {
        code,
        message: faults.length > mostFaults ? `${message} The first ${mostFaults} are shown.` : message,
        ...(details.length > 0 && { details }),
      },
    },
  };
}
