import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes a certificate to a file that goes when this process exits. @returns the file's path. */
export function writeCertificate(pem: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'aci-certificate-'));
  const file = join(folder, 'certificate.pem');
  writeFileSync(file, pem);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return file;
}
