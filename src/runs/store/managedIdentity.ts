import { ManagedIdentityCredential, type TokenCredential } from '@azure/identity';

/** @param clientId of a user-assigned identity; the system-assigned one without it. */
export function createManagedIdentity(clientId: string | undefined): TokenCredential {
  return new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
}
