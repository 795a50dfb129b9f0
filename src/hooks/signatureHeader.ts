import type { SignatureSettings } from './hook.ts';

/** The signatures of a header, as bytes, and the timestamp where the header holds it. What is no signature is left out. */
export function readSignatureHeader(
  { headerFormat, prefix, encoding, timestampKey }: SignatureSettings,
  value: string,
): { signatures: Buffer[]; timestamp: string | undefined } {
  const parts = partsOf(value, headerFormat);
  const signatures = parts
    .filter((part) => part.startsWith(prefix))
    .map((part) => decode(part.slice(prefix.length), encoding));
  const timestamps = parts.filter(
    (part) => timestampKey !== undefined && part.startsWith(`${timestampKey}=`),
  );
  return {
    signatures: signatures.filter((signature) => signature !== undefined),
    timestamp: timestamps.length === 1 ? timestamps[0]?.slice(`${timestampKey}=`.length) : undefined,
  };
}

function partsOf(value: string, headerFormat: SignatureSettings['headerFormat']): string[] {
  switch (headerFormat) {
    case 'single':
      return [value.trim()];
    case 'list':
      return value.split(' ');
    case 'kv':
      return value.split(',').map((part) => part.trim());
  }
}

/** The 32 bytes of an HMAC with SHA-256. */
function decode(text: string, encoding: SignatureSettings['encoding']): Buffer | undefined {
  const isWhole = encoding === 'hex' ? /^[0-9a-f]{64}$/i.test(text) : /^[A-Za-z0-9+/]{43}=?$/.test(text);
  return isWhole ? Buffer.from(text, encoding) : undefined;
}
