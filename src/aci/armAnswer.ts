import { adviceFor } from './advice.ts';
import type { ArmResponse } from './armPipeline.ts';
import { ArmError, type Fault } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';
import { parseLossless } from './losslessJson.ts';

/** Whose token a call was made with. */
export type ArmToken = 'app' | 'caller';

type Circumstances = {
  isWrite: boolean;
  token: ArmToken;
  /** Milliseconds since 1970. */
  now: number;
};

/** How long to wait after errors with which ARM sends no Retry-After (facts/aci.md, Update). */
const waitSeconds = new Map([['ContainerGroupTransitioning', 10]]);

/** Nothing that asks to wait for longer is worth believing. */
const longestWaitSeconds = 24 * 60 * 60;

/**
 * The body of a successful answer; undefined when it is empty or no JSON, which says nothing against the success.
 * @throws ArmError when ARM answered an error.
 */
export function readAnswer(response: ArmResponse, circumstances: Circumstances): unknown {
  if (response.status < 200 || response.status > 299) {
    throw armErrorOf(response, circumstances);
  }
  return parse(response.body);
}

/** What became of a call that got no answer, from what the SDK threw. */
export function unansweredError(cause: unknown, isWrite: boolean, deadlineMs: number): ArmError {
  const { name, code, message } = cause as { name?: string; code?: string; message?: string };
  if (
    name === 'CredentialUnavailableError' ||
    name === 'AuthenticationRequiredError' ||
    name === 'AuthenticationError'
  ) {
    return advised({
      code: 'CredentialUnavailable',
      message: 'The app got no token for Azure from its managed identity.',
      cause,
    });
  }
  if (name === 'AbortError' || name === 'TimeoutError') {
    return advised({
      code: 'ArmTimeout',
      message: `Azure Resource Manager did not answer within ${deadlineMs / 1000} seconds.`,
      outcomeUnknown: isWrite,
      cause,
    });
  }
  const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(
    code ?? '',
  );
  return advised({
    code: 'ArmUnreachable',
    message: `Azure Resource Manager could not be reached (${code ?? message ?? name}).`,
    outcomeUnknown: isWrite && !neverSent,
    cause,
  });
}

function armErrorOf({ status, header, body }: ArmResponse, { isWrite, token, now }: Circumstances): ArmError {
  const parsed = parse(body);
  const error = isObject(parsed) ? errorOf(parsed) : {};
  const code = isCode(error['code']) ? error['code'] : `Arm${status}`;
  return advised({
    code,
    message:
      typeof error['message'] === 'string' ? error['message'] : `Azure Resource Manager answered ${status}.`,
    status,
    retryAfterSeconds: retryAfterSeconds(header('retry-after'), now) ?? waitSeconds.get(code),
    faults: faultsOf(error['details']),
    outcomeUnknown: isWrite && status >= 500,
    token,
  });
}

/** Azure Monitor leaves ARM's envelope out: `{code, message}` (recorded: github.com/Azure/azure-sdk-for-net/issues/29584). */
function errorOf(body: JsonObject): JsonObject {
  return isObject(body['error']) ? body['error'] : body;
}

function advised(given: ConstructorParameters<typeof ArmError>[0]): ArmError {
  const advice = adviceFor(given.code, given.token ?? 'app', given.message);
  return new ArmError(advice === undefined ? given : { ...given, message: `${given.message} ${advice}` });
}

/** Retry-After in seconds, from either of its forms (RFC 9110, 10.2.3). */
function retryAfterSeconds(value: string | undefined, now: number): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value) ? Number(value) : Math.ceil((Date.parse(value) - now) / 1000);
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), longestWaitSeconds) : undefined;
}

function faultsOf(details: unknown): Fault[] {
  return (Array.isArray(details) ? details : []).filter(isObject).map(({ code, message, target }) => ({
    code: isCode(code) ? code : '',
    message: typeof message === 'string' ? message : '',
    target: typeof target === 'string' ? target : '',
  }));
}

/** A code is passed on in a header, which takes no other characters. */
function isCode(code: unknown): code is string {
  return typeof code === 'string' && /^[\w.-]{1,100}$/.test(code);
}

function parse(body: string): unknown {
  try {
    return parseLossless(body);
  } catch {
    return undefined;
  }
}
