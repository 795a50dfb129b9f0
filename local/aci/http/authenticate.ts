import type { Tokens } from '../../identity/tokens.ts';
import { authenticationFailed, invalidAuthenticationToken } from '../armErrors.ts';
import { type Answer, refuse } from './answer.ts';

/** The names under which a token for ARM may be asked for. */
const armResources = new Set(['https://management.azure.com', 'https://management.core.windows.net']);

/** Refuses a request without a token that this emulator has minted for ARM and that is still good. */
export function refuseUnauthenticated(authorization: string | undefined, tokens: Tokens): Answer | undefined {
  if (authorization === undefined) {
    return { ...refuse(authenticationFailed()), headers: { 'WWW-Authenticate': 'Bearer' } };
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const known = token === undefined ? undefined : tokens.find(token);
  if (!known) {
    return refuseToken('The access token is invalid.');
  }
  if (!armResources.has(known.resource.replace(/\/$/, ''))) {
    return refuseToken('The access token has been obtained for wrong audience or resource.');
  }
  return known.isExpired
    ? refuseToken('The access token expiry UTC time is earlier than the current time.')
    : undefined;
}

function refuseToken(why: string): Answer {
  return {
    ...refuse(invalidAuthenticationToken(why)),
    headers: { 'WWW-Authenticate': `Bearer error="invalid_token", error_description="${why}"` },
  };
}
