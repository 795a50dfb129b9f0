import type { TokenCredential } from '@azure/identity';
import type { AccountCredential } from './connectionString.ts';
import { createManagedIdentity } from './managedIdentity.ts';
import type { StorageCredential } from './storageConnection.ts';

/** What a storage SDK can show: a key, a shared access signature, or tokens. */
export type UsableCredential = AccountCredential | { kind: 'token'; token: TokenCredential };

/** Loads `@azure/identity` for a managed identity, and for nothing else. */
export function usableCredential(credential: StorageCredential): UsableCredential {
  return credential.kind === 'identity'
    ? { kind: 'token', token: createManagedIdentity(credential.clientId) }
    : credential;
}
