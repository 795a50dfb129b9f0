import { CredentialUnavailableError, ManagedIdentityCredential, type TokenCredential } from '@azure/identity';
import { withinDeadline } from './withinDeadline.ts';

export type ManagedIdentityOptions = {
  /** Of a user-assigned identity; the system-assigned one without it. */
  clientId: string | undefined;
  /** How long a token may take. The SDKs ask for no other while they wait for one, so one that never comes would be waited for for ever. */
  deadlineMs: number;
};

/** The app's own identity. Its tokens are kept by the SDK. */
export function createManagedIdentity({ clientId, deadlineMs }: ManagedIdentityOptions): TokenCredential {
  const identity = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return {
    getToken: (scopes, options) =>
      withinDeadline(deadlineMs, () => identity.getToken(scopes, options)).catch((cause: Error) => {
        throw cause.name === 'TimeoutError'
          ? new CredentialUnavailableError(`No token came within ${deadlineMs / 1000} seconds.`, { cause })
          : cause;
      }),
  };
}
