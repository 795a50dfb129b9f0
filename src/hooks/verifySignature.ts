import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { HookRequest, SignatureProof } from './hook.ts';
import { readSignatureHeader } from './signatureHeader.ts';
import { piecesOf } from './signedContent.ts';

/** Whether something was sent by who holds the secret. Which part of the proof failed is told to nobody. */
export type Verification =
  | {
      verified: true;
      /** The delivery's id, where it is part of what was signed. */
      deliveryId?: string;
    }
  | { verified: false };

/** Visible ASCII, so that there is no question which bytes were signed. */
const id = /^[\x21-\x7e]{1,256}$/;
const seconds = /^\d{1,12}$/;

/**
 * Verifies a signature over the bytes of the body, and over what else its sender signs. Several signatures may have been sent, and
 * several secrets may be held: one of each must fit. Never throws; takes time in proportion to what was sent.
 * @param now milliseconds since 1970.
 */
export function verifySignature(
  { settings, keys }: SignatureProof,
  { bytes, header }: Pick<HookRequest, 'bytes' | 'header'>,
  now: number,
): Verification {
  const { signedContent, idHeader, timestampHeader, timestampKey, toleranceSeconds } = settings;
  const { signatures, timestamp: keyed } = readSignatureHeader(
    settings,
    header(settings.signatureHeader) ?? '',
  );
  const deliveryId = idHeader === undefined ? undefined : (header(idHeader) ?? '');
  const timestamp = timestampHeader === undefined ? keyed : (header(timestampHeader) ?? '');
  if (
    signatures.length === 0 ||
    (idHeader !== undefined && !id.test(deliveryId ?? '')) ||
    ((timestampHeader ?? timestampKey) !== undefined && !isNear(timestamp ?? '', now, toleranceSeconds))
  ) {
    return { verified: false };
  }
  const sent: Record<string, Uint8Array | string> = {
    '{body}': bytes,
    '{id}': deliveryId ?? '',
    '{timestamp}': timestamp ?? '',
  };
  const content = piecesOf(signedContent).map((piece) => sent[piece] ?? piece);
  const isSigned = keys
    .map((key) => hmacOf(content, key))
    .some((hmac) => signatures.some((one) => timingSafeEqual(one, hmac)));
  return isSigned ? { verified: true, ...(deliveryId !== undefined && { deliveryId }) } : { verified: false };
}

function hmacOf(content: readonly (Uint8Array | string)[], key: KeyObject): Buffer {
  const hmac = createHmac('sha256', key);
  for (const piece of content) {
    hmac.update(piece);
  }
  return hmac.digest();
}

function isNear(timestamp: string, now: number, toleranceSeconds: number): boolean {
  return seconds.test(timestamp) && Math.abs(now - Number(timestamp) * 1000) <= toleranceSeconds * 1000;
}
