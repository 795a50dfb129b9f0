import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
  bitString,
  integer,
  isTrue,
  objectIdentifier,
  octetString,
  sequence,
  set,
  tagged,
  utcTime,
  utf8String,
} from './der.ts';

/** Both in PEM. */
export type SelfSigned = { key: string; certificate: string };

const dayMs = 24 * 60 * 60 * 1000;
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));
const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String('ACI emulator'))));

/** What the certificate is good for: a server on this machine (RFC 5280, 4.2.1). */
const extensions = sequence(
  // Basic constraints: no authority.
  sequence(objectIdentifier('2.5.29.19'), isTrue(), octetString(sequence())),
  // Key usage: digital signatures.
  sequence(objectIdentifier('2.5.29.15'), isTrue(), octetString(bitString(Buffer.from([0x80]), 7))),
  // Extended key usage: authentication of a server.
  sequence(objectIdentifier('2.5.29.37'), octetString(sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')))),
  // Subject alternative names: a DNS name is number 2, an address number 7.
  sequence(
    objectIdentifier('2.5.29.17'),
    octetString(
      sequence(
        tagged(2, 'implicit', Buffer.from('localhost')),
        tagged(7, 'implicit', Buffer.from([127, 0, 0, 1])),
        tagged(7, 'implicit', Buffer.from([...new Array(15).fill(0), 1])),
      ),
    ),
  ),
);

/** Makes a key and a certificate for localhost, 127.0.0.1 and ::1, good from yesterday for a year. */
export function createSelfSigned(now: number): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const toBeSigned = sequence(
    // Version 3.
    tagged(0, 'explicit', integer(Buffer.from([2]))),
    integer(Buffer.from([1, ...randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(now - dayMs), utcTime(now + 365 * dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, 'explicit', extensions),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: toPem(certificate),
  };
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
