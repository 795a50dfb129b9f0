import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Principal } from './principal.ts';

export type TokenOptions = {
  resource: string;
  principal: Principal;
  /** A day unless given; 0 makes a token that has expired already. */
  lifetimeSeconds?: number;
};

/** `expiresOn` is in seconds since 1970. */
export type MintedToken = { token: string; expiresOn: number };

export type KnownToken = { resource: string; principal: Principal; isExpired: boolean };

/** Access tokens, as long as they are good. Nothing of them is ever written down. */
export type Tokens = {
  mint(options: TokenOptions): MintedToken;
  /** What a token was minted for, and whether it is over; undefined when it is none of ours. */
  find(token: string): KnownToken | undefined;
};

const daySeconds = 24 * 60 * 60;

export function createTokens(clock: Clock): Tokens {
  const minted = new Map<string, { resource: string; principal: Principal; expiresOn: number }>();
  const nowSeconds = () => Math.floor(clock.now() / 1000);
  return {
    mint({ resource, principal, lifetimeSeconds = daySeconds }) {
      // Long after its end a token need not be told from an unknown one.
      for (const [token, { expiresOn }] of minted) {
        if (expiresOn + daySeconds < nowSeconds()) {
          minted.delete(token);
        }
      }
      const token = randomBytes(48).toString('base64url');
      const expiresOn = nowSeconds() + lifetimeSeconds;
      minted.set(token, { resource, principal, expiresOn });
      return { token, expiresOn };
    },
    find(token) {
      const known = minted.get(token);
      return (
        known && {
          resource: known.resource,
          principal: known.principal,
          isExpired: known.expiresOn <= nowSeconds(),
        }
      );
    },
  };
}
