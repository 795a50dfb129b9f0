import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the empty folder that a container's process starts in. */
export function createFolder(): string {
  return mkdtempSync(join(tmpdir(), 'aci-'));
}

/** Removes it with all that was written there; one that resists stays behind, which is no reason to fail. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}
