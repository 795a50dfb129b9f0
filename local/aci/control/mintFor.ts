import { randomUUID } from 'node:crypto';
import { type Principal, selectPrincipal } from '../../identity/principal.ts';
import type { MintedToken, Tokens } from '../../identity/tokens.ts';
import type { MintedFor } from './readTokenOrder.ts';

/** Mints a token for ARM, or another resource, that speaks for the caller named, or for a new one. */
export function mintFor(tokens: Tokens, { resource, lifetimeSeconds, ...named }: MintedFor): MintedToken {
  return tokens.mint({
    resource: resource ?? 'https://management.azure.com',
    principal: principalOf(named),
    ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
  });
}

function principalOf({ clientId, objectId }: Pick<MintedFor, 'clientId' | 'objectId'>): Principal {
  if (clientId !== undefined && objectId !== undefined) {
    return { clientId, objectId };
  }
  return objectId === undefined
    ? selectPrincipal('client_id', clientId ?? randomUUID())
    : selectPrincipal('object_id', objectId);
}
