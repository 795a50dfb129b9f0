import type { Principal } from '../../identity/principal.ts';
import type { Tokens } from '../../identity/tokens.ts';
import { type ArmError, authenticationFailed, invalidAuthenticationToken } from '../armErrors.ts';

/** The names under which a token for ARM may be asked for. */
const armResources = new Set(['https://management.azure.com', 'https://management.core.windows.net']);

/** Who a request comes from; refused without a token that this emulator has minted for ARM and that is still good. */
export function authenticate(
  authorization: string | undefined,
  tokens: Tokens,
): { principal: Principal } | { error: ArmError } {
  if (authorization === undefined) {
    return { error: authenticationFailed() };
  }
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const known = token === undefined ? undefined : tokens.find(token);
  if (!known) {
    return { error: invalidAuthenticationToken('The access token is invalid.') };
  }
  if (!armResources.has(known.resource.replace(/\/$/, ''))) {
    const why = 'The access token has been obtained for wrong audience or resource.';
    return { error: invalidAuthenticationToken(why) };
  }
  if (known.isExpired) {
    const why = 'The access token expiry UTC time is earlier than the current time.';
    return { error: invalidAuthenticationToken(why) };
  }
  return { principal: known.principal };
}
