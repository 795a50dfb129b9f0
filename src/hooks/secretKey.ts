import { callbackKey, callbackSecretFault } from '../runs/callbacks/callbackSecret.ts';
import type { SecretProof, SignatureSettings } from './hook.ts';

const leastCharacters = 16;
const leastBytes = 16;

/** What is wrong with a secret that its sender signs with, in words that follow its name, and never show it. */
export function signingSecretFault(
  secret: string,
  secretEncoding: SignatureSettings['secretEncoding'],
): string | undefined {
  switch (secretEncoding) {
    case 'utf8':
      return shortFault(secret);
    case 'base64':
      return (base64Bytes(secret)?.length ?? 0) >= leastBytes
        ? undefined
        : `must be base64 of at least ${leastBytes} bytes`;
    case 'whsec':
      return secret.startsWith('whsec_')
        ? callbackSecretFault(secret)
        : 'must be whsec_ and base64, as Standard Webhooks writes secrets';
  }
}

/** What is wrong with a secret that is sent itself, in words that follow its name, and never show it. */
export function sentSecretFault(secret: string, place: SecretProof['place']): string | undefined {
  if ('query' in place && !/^[\w.~-]*$/.test(secret)) {
    return `goes into a URL as it is, so it may hold only letters, digits and - . _ ~`;
  }
  if (!/^[\x20-\x7e]*$/.test(secret)) {
    return 'goes into a header, so it may hold only visible ASCII characters';
  }
  return shortFault(secret);
}

/** The bytes of the key that a secret without a fault stands for. */
export function secretKey(secret: string, secretEncoding: SignatureSettings['secretEncoding']): Buffer {
  switch (secretEncoding) {
    case 'utf8':
      return Buffer.from(secret);
    case 'base64':
      return base64Bytes(secret) ?? Buffer.alloc(0);
    case 'whsec':
      return callbackKey(secret);
  }
}

function shortFault(secret: string): string | undefined {
  return [...secret].length >= leastCharacters
    ? undefined
    : `must have at least ${leastCharacters} characters`;
}

/** Node leaves out what is not base64; such a text was meant to be something else. */
function base64Bytes(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  const isBase64 = bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return isBase64 ? bytes : undefined;
}
