import { createCipheriv, createDecipheriv } from 'node:crypto';
import { LauncherError } from '../../aci/errors.ts';
import { deriveKey } from './deriveKey.ts';

/** Where a sealed value is stored: it opens there and nowhere else. */
export type SealedPlace = { partition: string; row: string; field: string };

/** Keeps secrets in storage so that only this app can read them. */
export type Sealer = {
  /** @returns ASCII text, about 4/3 of the value's JSON in UTF-8 and 50 characters; another one each time. */
  seal(plainText: string, place: SealedPlace): string;
  /** @throws SealBroken */
  open(sealed: string, place: SealedPlace): string;
};

/** A sealed value does not open: its secret is gone, or it is not what was stored in this place. */
export class SealBroken extends LauncherError {
  readonly code = 'SealBroken';

  constructor(field: string) {
    super(
      `The stored '${field}' cannot be opened. The secret that sealed it must stay in the list of the setting LAUNCHER_SECRET until ` +
        'the runs that began under it are over: put it back there, behind the new one.',
    );
    this.name = 'SealBroken';
  }
}

const version = 'v1';
const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM. A sealed text is `v1.<key id>.<base64url of IV, tag and cipher text>`. A random IV of 96 bits is good for 2^32
 * values under one secret (NIST SP 800-38D, 8.3).
 * @param secrets of LAUNCHER_SECRET, at least one: the first seals, all of them open.
 * @param randomBytes this many unpredictable bytes.
 */
export function createSealer(secrets: readonly string[], randomBytes: (n: number) => Uint8Array): Sealer {
  const [firstSecret, ...others] = secrets;
  if (firstSecret === undefined) {
    throw new RangeError('A sealer needs a secret.');
  }
  let derived: readonly [SealingKey, ...SealingKey[]] | undefined;
  // Not before they are needed: most launches have no secrets, and a first launch has no time.
  const keys = () => (derived ??= [sealingKey(firstSecret), ...others.map(sealingKey)]);
  return {
    seal(plainText, place) {
      const [first] = keys();
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, first.key, iv, { authTagLength: tagBytes });
      sealing.setAAD(bound(first.id, place));
      // As JSON, which writes lone surrogates as escapes: UTF-8 has no bytes for them.
      const sealed = Buffer.concat([sealing.update(JSON.stringify(plainText)), sealing.final()]);
      return `${version}.${first.id}.${Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [, id, text = ''] = /^v1\.([\w-]{8})\.([\w-]+)$/.exec(sealed) ?? [];
      const key = keys().find((key) => key.id === id)?.key;
      const bytes = Buffer.from(text, 'base64url');
      // Base64 has several texts for the same bytes; only the one that was stored is taken.
      if (
        id === undefined ||
        key === undefined ||
        bytes.length < ivBytes + tagBytes ||
        bytes.toString('base64url') !== text
      ) {
        throw new SealBroken(place.field);
      }
      try {
        const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), {
          authTagLength: tagBytes,
        });
        opening.setAAD(bound(id, place));
        opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const json = Buffer.concat([opening.update(bytes.subarray(ivBytes + tagBytes)), opening.final()]);
        return JSON.parse(json.toString());
      } catch {
        throw new SealBroken(place.field);
      }
    },
  };
}

type SealingKey = { id: string; key: Buffer };

function sealingKey(secret: string): SealingKey {
  return {
    id: deriveKey(secret, 'sealing key id', 6).toString('base64url'),
    key: deriveKey(secret, 'sealing', 32),
  };
}

/** What a sealed value is bound to. As JSON, so that no two places are the same bytes. */
function bound(keyId: string, { partition, row, field }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, partition, row, field]));
}
