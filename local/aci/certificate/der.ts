// The few values of ASN.1 that a certificate is made of, in their distinguished encoding (X.690).

/** A value with its tag and its length before it. */
function encode(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

function lengthOf({ length }: Uint8Array): Buffer {
  if (length < 0x80) {
    return Buffer.from([length]);
  }
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...items: Uint8Array[]): Buffer => encode(0x30, ...items);
export const set = (...items: Uint8Array[]): Buffer => encode(0x31, ...items);
export const octetString = (content: Uint8Array): Buffer => encode(0x04, content);
export const utf8String = (text: string): Buffer => encode(0x0c, Buffer.from(text));
export const isTrue = (): Buffer => encode(0x01, Buffer.from([0xff]));

/** @param bytes the number's, most significant first; taken as positive. */
export function integer(bytes: Uint8Array): Buffer {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return encode(0x02, isNegative ? Buffer.from([0, ...bytes]) : bytes);
}

/** @param unused how many bits of the last byte do not count. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return encode(0x03, Buffer.from([unused]), content);
}

/** @param dotted as in `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encode(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) {
    digits.unshift(0x80 | (left & 0x7f));
  }
  return digits;
}

/** To the second; good until 2049. */
export function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return encode(0x17, Buffer.from(`${digits}Z`));
}

/** A value that only its number in the surrounding type tells apart. */
export function tagged(number: number, kind: 'explicit' | 'implicit', content: Uint8Array): Buffer {
  return encode((kind === 'explicit' ? 0xa0 : 0x80) | number, content);
}
