import { createHash } from 'node:crypto';

/**
 * SHA-256, in hex, of a text or a list of texts: tells later whether a value is still the same, without keeping it. Absent,
 * null and an empty list are one; that ARM answers an empty `command` as none is unverified [U].
 */
export function fingerprintOf(value: unknown): string {
  const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return createHash('sha256')
    .update(JSON.stringify(isNothing ? null : value))
    .digest('hex');
}
