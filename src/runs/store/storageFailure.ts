import { StorageError } from './rows.ts';

/** What of an SDK's error can be told across bundle files: they share no classes, so none is compared. */
type SdkError = {
  name?: string;
  code?: string;
  statusCode?: number;
  details?: { odataError?: { code?: string }; errorCode?: string };
  response?: { headers: { get(name: string): string | undefined }; bodyAsText?: string | null };
};

/** The HTTP status and the storage service's error code, as far as there was an answer. */
export function answerOf(cause: unknown): { status: number | undefined; code: string | undefined } {
  const { statusCode, code, details, response } = (cause ?? {}) as SdkError;
  return {
    status: statusCode,
    code:
      details?.odataError?.code ??
      details?.errorCode ??
      code ??
      // Of a transaction that was refused as a whole the SDK reads no code.
      response?.headers.get('x-ms-error-code') ??
      /(?:<(?:\w+:)?code>|"code":\s*")(\w+)/i.exec(response?.bodyAsText ?? '')?.[1],
  };
}

/** @returns the cause in words that hold no address, key, signature or token. */
export function storageErrorOf(cause: unknown, deadlineMs: number): StorageError {
  const { name } = (cause ?? {}) as SdkError;
  const { status, code } = answerOf(cause);
  if (
    name === 'CredentialUnavailableError' ||
    name === 'AuthenticationRequiredError' ||
    name === 'AuthenticationError'
  ) {
    return new StorageError('the app got no token for it from its managed identity', cause);
  }
  if (name === 'AbortError' || name === 'TimeoutError') {
    return new StorageError(`no answer came within ${deadlineMs / 1000} seconds`, cause);
  }
  const word = code !== undefined && /^[\w-]{1,64}$/.test(code) ? code : undefined;
  if (status === undefined) {
    return new StorageError(`it could not be reached (${word ?? name ?? 'no reason given'})`, cause);
  }
  const reason = word === undefined ? undefined : reasons.get(word);
  return new StorageError(
    `it answered ${[status, word].filter(Boolean).join(' ')}${reason === undefined ? '' : `, which means that ${reason}`}`,
    cause,
  );
}

// https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes
// https://learn.microsoft.com/troubleshoot/azure/azure-storage/blobs/authentication/storage-troubleshoot-403-errors
const reasons = new Map([
  ['AuthenticationFailed', 'the key, signature or token is not (or no longer) the right one'],
  ['AuthorizationFailure', "the account's network rules, or the signature's services, keep the app out"],
  [
    'AuthorizationPermissionMismatch',
    'the identity lacks Storage Table Data Contributor or Storage Queue Data Contributor',
  ],
  [
    'KeyBasedAuthenticationNotPermitted',
    'the account takes no keys: set AzureWebJobsStorage__accountName in place of AzureWebJobsStorage',
  ],
]);
