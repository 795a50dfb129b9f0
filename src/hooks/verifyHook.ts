import type { Hook, HookRequest } from './hook.ts';
import { verifySecret } from './verifySecret.ts';
import { type Verification, verifySignature } from './verifySignature.ts';

/**
 * Whether a request was sent by who shares the hook's secret. Never throws.
 * @param now milliseconds since 1970.
 */
export function verifyHook(
  { proof }: Hook,
  request: Pick<HookRequest, 'bytes' | 'header' | 'query'>,
  now: number,
): Verification {
  return proof.by === 'signature'
    ? verifySignature(proof, request, now)
    : { verified: verifySecret(proof, request) };
}
