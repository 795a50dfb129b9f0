import type { HttpRequest } from '@azure/functions';
import { RequestRefused } from './requestRefused.ts';

/**
 * The ARM token that a caller brings of its own, where ARM_CREDENTIAL is `caller`.
 * @throws RequestRefused 401 when there is none.
 */
export function callerTokenOf({ headers }: HttpRequest): string {
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token === undefined) {
    throw new RequestRefused({
      status: 401,
      code: 'AuthenticationFailed',
      message:
        'This app acts with its callers’ own tokens. Send Authorization: Bearer <token> with a token for Azure Resource ' +
        'Manager: az account get-access-token --resource https://management.azure.com.',
    });
  }
  return token;
}
