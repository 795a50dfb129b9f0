const prefix = 'whsec_';
const leastCharacters = 16;
const leastBytes = 24;

/**
 * What is wrong with a secret that callbacks are signed with, in words that follow its name, and never show it. It is `whsec_` and
 * the base64 of 24 bytes or more, as Standard Webhooks ("Signature scheme") writes them, or else any text of 16 characters or more, whose UTF-8 bytes are the key.
 */
export function callbackSecretFault(secret: string): string | undefined {
  if (secret.startsWith(prefix)) {
    const text = secret.slice(prefix.length).replace(/=+$/, '');
    const bytes = Buffer.from(text, 'base64');
    return bytes.length >= leastBytes && bytes.toString('base64').replace(/=+$/, '') === text
      ? undefined
      : `must be base64 of at least ${leastBytes} bytes behind ${prefix}`;
  }
  return [...secret].length >= leastCharacters
    ? undefined
    : `must have at least ${leastCharacters} characters`;
}

/** The bytes of the key. @throws RangeError for a secret that has a fault. */
export function callbackKey(secret: string): Buffer {
  const fault = callbackSecretFault(secret);
  if (fault !== undefined) {
    throw new RangeError(`A secret of callbacks ${fault}.`);
  }
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : Buffer.from(secret);
}
