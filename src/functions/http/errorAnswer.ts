import type { HttpResponseInit } from '@azure/functions';
import {
  ArmError,
  type Fault,
  InvalidRequest,
  LauncherError,
  NeedsClone,
  NotFound,
  RunInProgress,
  ScopeNotAllowed,
  SecretsRequired,
} from '../../aci/errors.ts';
import { LaunchOutcomeUnknown } from '../../runs/launchRun.ts';
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
  const { code, message } = error;
  const faults = faultsOf(error);
  const answer = envelope(statusOf(error), code, message, faults);
  const arm = error instanceof LaunchOutcomeUnknown ? error.cause : error;
  return arm instanceof ArmError && arm.retryAfterSeconds !== undefined
    ? { ...answer, headers: { ...answer.headers, 'retry-after': String(arm.retryAfterSeconds) } }
    : answer;
}

function statusOf(error: LauncherError): number {
  if (error instanceof ArmError) {
    return armStatus(error);
  }
  if (error instanceof LaunchOutcomeUnknown) {
    return armStatus(error.cause);
  }
  if (error instanceof RequestRefused) {
    return error.status;
  }
  if (error instanceof InvalidRequest) {
    return 400;
  }
  if (error instanceof ScopeNotAllowed) {
    return 403;
  }
  if (error instanceof NotFound) {
    return 404;
  }
  if (error instanceof RunInProgress) {
    return 409;
  }
  return error instanceof SecretsRequired || error instanceof NeedsClone ? 422 : 500;
}

/**
 * ARM's 4xx is passed on, but for 401: it is the app's token that ARM refused, not the caller's. Of its 5xx, 503 asks to
 * come back; the rest are a bad gateway's, as is no answer at all.
 */
function armStatus({ status, code }: ArmError): number {
  if (status === undefined) {
    return { ArmTimeout: 504, CredentialUnavailable: 503 }[code] ?? 502;
  }
  return status === 503 || (status >= 400 && status < 500 && status !== 401) ? status : 502;
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
