import { hkdfSync } from 'node:crypto';

/**
 * A key for one purpose alone, of a secret of LAUNCHER_SECRET: HKDF with SHA-256 (RFC 5869), so that what is known of the key of
 * one purpose tells nothing of another's. No salt: a secret is long, and must give the same keys on every instance.
 */
export function deriveKey(
  secret: string,
  purpose: 'sealing' | 'sealing key id' | 'tickets' | 'fingerprints',
  bytes: number,
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `aci-job-launcher ${purpose}`, bytes));
}
