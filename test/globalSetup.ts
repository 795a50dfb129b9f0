import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type AzuriteAddresses, type StorageAccount, startAzurite } from '../local/azurite.ts';
import { whyNoBrowser } from './chromiumPath.ts';

declare module 'vitest' {
  interface ProvidedContext {
    storage: {
      addresses: AzuriteAddresses;
      /** A folder with a folder for each account that a test has got, which nobody can make again. */
      taken: string;
    };
  }
}

/** The accounts of the whole run. The key is short, so that all of them fit into the environment of a process. */
export const storageAccounts: StorageAccount[] = Array.from({ length: 2000 }, (_, index) => ({
  name: `t${index}`,
  key: 'a2V5',
}));

/** Starts one Azurite for all tests, which get accounts of their own by `freshStorage`, and says once what is skipped for want of a browser. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { addresses, close } = await startAzurite(storageAccounts);
  const skipped = whyNoBrowser();
  if (skipped !== undefined) {
    console.warn(skipped);
  }
  const taken = mkdtempSync(join(tmpdir(), 'storage-accounts-'));
  project.provide('storage', { addresses, taken });
  return async () => {
    await close();
    rmSync(taken, { recursive: true });
  };
}
