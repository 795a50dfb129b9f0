import type { TokenCredential } from '@azure/identity';
import { createManagedIdentity } from '../../aci/managedIdentity.ts';
import type { AccountCredential } from './connectionString.ts';
import type { StorageCredential } from './storageConnection.ts';

/** What a storage SDK can show: a key, a shared access signature, or tokens. */
export type UsableCredential = AccountCredential | { kind: 'token'; token: TokenCredential };

/**
 * Loads `@azure/identity` for a managed identity, and for nothing else.
 * @param deadlineMs how long a token may take.
 */
export function usableCredential(credential: StorageCredential, deadlineMs: number): UsableCredential {
  return credential.kind === 'identity'
    ? { kind: 'token', token: createManagedIdentity({ clientId: credential.clientId, deadlineMs }) }
    : credential;
}
