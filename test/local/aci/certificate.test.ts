import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { integer, objectIdentifier, sequence } from '../../../local/aci/certificate/der.ts';
import { createSelfSigned } from '../../../local/aci/certificate/selfSigned.ts';
import { startEmulator } from '../../../local/aci/emulator.ts';

test('the certificate is for this machine by each of its names, and for no other', () => {
  const now = Date.UTC(2026, 5, 1);
  const certificate = new X509Certificate(createSelfSigned(now).certificate);
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.checkHost('example.com')).toBeUndefined();
  expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(certificate.checkIP('::1')).toBe('::1');
  expect(certificate.checkIP('127.0.0.2')).toBeUndefined();
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  // Version 3, which counts from 0: the one that has extensions.
  expect(certificate.raw.toString('hex')).toContain('a003020102');
  expect([certificate.ca, certificate.keyUsage]).toEqual([false, ['1.3.6.1.5.5.7.3.1']]);
  expect(certificate.validFromDate.getTime()).toBe(now - 24 * 60 * 60 * 1000);
  expect(certificate.validToDate.getTime()).toBe(now + 365 * 24 * 60 * 60 * 1000);
});

test('no two certificates are the same', () => {
  const [one, two] = [createSelfSigned(0), createSelfSigned(0)].map(
    ({ certificate }) => new X509Certificate(certificate),
  );
  expect(one?.serialNumber).not.toBe(two?.serialNumber);
  expect(one?.fingerprint256).not.toBe(two?.fingerprint256);
});

test.each(['localhost', '127.0.0.1', '::1'])('TLS takes it for %s once it is trusted', async (servername) => {
  const emulator = await startEmulator({ https: true });
  onTestFinished(() => emulator.close());
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port: Number(new URL(emulator.armEndpoint).port),
    ca: emulator.certificate ?? '',
    checkServerIdentity: (_, certificate) => checkServerIdentity(servername, certificate),
  });
  await once(socket, 'secureConnect');
  expect(socket.authorized).toBe(true);
  socket.destroy();
});

test('over http there is no certificate', async () => {
  const emulator = await startEmulator();
  expect([emulator.certificate, new URL(emulator.armEndpoint).protocol]).toEqual([undefined, 'http:']);
  await emulator.close();
});

test.each([
  ['a short value', sequence(integer(Buffer.from([5]))), '3003020105'],
  ['a number with its first bit set', integer(Buffer.from([0x80])), '02020080'],
  ['128 bytes', sequence(Buffer.alloc(128)).subarray(0, 3), '308180'],
  ['256 bytes', sequence(Buffer.alloc(256)).subarray(0, 4), '30820100'],
  ['an identifier', objectIdentifier('1.2.840.10045.4.3.2'), '06082a8648ce3d040302'],
])('DER of %s', (_, bytes, hex) => {
  expect(bytes.toString('hex')).toBe(hex);
});
