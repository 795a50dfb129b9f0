import type { createIdentityEndpoint } from '../../identity/identityEndpoint.ts';
import { refuseToken } from '../../identity/identityEndpoint.ts';
import type { Outcome } from '../faults/performFault.ts';
import type { Befall } from './befall.ts';
import type { GuardedRequest } from './createHandler.ts';

/** Answers a request to the identity endpoint, with the fault that befalls it. */
export function answerIdentity(
  identity: ReturnType<typeof createIdentityEndpoint>,
  befall: Befall,
  { method, path, query, header }: GuardedRequest,
): Promise<Outcome> {
  const request = { method, path, principal: undefined };
  const nobody = { clientId: '', objectId: '' };
  return befall(request, {
    effect: () => identity({ method, query, identityHeader: header('x-identity-header') }),
    refuse: ({ status, message, headers }) => ({
      ...refuseToken(status, message),
      ...(headers && { headers }),
    }),
    previous: () => undefined,
    context: { principal: nobody, action: '', scope: '', subscriptionId: '', resourceGroup: '', name: '' },
  });
}
