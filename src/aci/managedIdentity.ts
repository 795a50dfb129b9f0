import {
  type AccessToken,
  CredentialUnavailableError,
  type GetTokenOptions,
  ManagedIdentityCredential,
  type TokenCredential,
} from '@azure/identity';
import { withinDeadline } from './withinDeadline.ts';

export type ManagedIdentityOptions = {
  /** Of a user-assigned identity; the system-assigned one without it. */
  clientId: string | undefined;
  /** How long a token may take. The SDKs ask for no other while they wait for one, so one that never comes would be waited for for ever. */
  deadlineMs: number;
};

/** The app's own identity. Its tokens are kept by the SDK; who asks for one that is being fetched waits for that. */
export function createManagedIdentity({ clientId, deadlineMs }: ManagedIdentityOptions): TokenCredential {
  const identity = new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  const fetched = new Map<string, Promise<AccessToken>>();
  const fetchToken = (scopes: string | string[], options?: GetTokenOptions) =>
    withinDeadline(deadlineMs, () => identity.getToken(scopes, options)).catch((cause: Error) => {
      throw cause.name === 'TimeoutError'
        ? new CredentialUnavailableError(`No token came within ${deadlineMs / 1000} seconds.`, { cause })
        : cause;
    });
  return {
    getToken(scopes, options) {
      if (options?.claims !== undefined) {
        return fetchToken(scopes, options); // Azure has refused the one that there is
      }
      const key = String(scopes);
      const token = fetched.get(key) ?? fetchToken(scopes).finally(() => fetched.delete(key));
      fetched.set(key, token);
      return token;
    },
  };
}
