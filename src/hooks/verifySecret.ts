import { createHash, timingSafeEqual } from 'node:crypto';
import type { HookRequest, SecretProof } from './hook.ts';

/** Whether the secret itself was sent, where it is expected. The time that takes tells nothing of it, nor of its length. */
export function verifySecret(
  { place, digests }: SecretProof,
  { header, query }: Pick<HookRequest, 'header' | 'query'>,
): boolean {
  const sent = 'header' in place ? header(place.header) : query(place.query);
  const digest = digestOf(sent ?? '');
  return digests.map((expected) => timingSafeEqual(expected, digest)).includes(true);
}

/** What of a secret is kept to compare with. */
export function digestOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
