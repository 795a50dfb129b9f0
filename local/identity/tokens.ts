import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** Access tokens, as long as they are good. Nothing of them is ever written down. */
export type Tokens = {
  /** Makes a token for a resource; `expiresOn` is in seconds since 1970. */
  mint(resource: string): { token: string; expiresOn: number };
  /** The resource that a token was minted for, and whether it is over; undefined when it is none of ours. */
  find(token: string): { resource: string; isExpired: boolean } | undefined;
};

const lifetimeSeconds = 24 * 60 * 60;

export function createTokens(clock: Clock): Tokens {
  const minted = new Map<string, { resource: string; expiresOn: number }>();
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  return {
    mint(resource) {
      // Long after its end a token need not be told from an unknown one.
      for (const [token, { expiresOn }] of minted) {
        if (expiresOn + lifetimeSeconds < nowSeconds()) {
          minted.delete(token);
        }
      }
      const token = randomBytes(48).toString('base64url');
      const expiresOn = nowSeconds() + lifetimeSeconds;
      minted.set(token, { resource, expiresOn });
      return { token, expiresOn };
    },
    find(token) {
      const known = minted.get(token);
      return known && { resource: known.resource, isExpired: known.expiresOn <= nowSeconds() };
    },
  };
}
