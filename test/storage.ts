import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { connectionString } from '../local/azurite.ts';
import { storageAccounts } from './globalSetup.ts';

/**
 * Azure Storage for one test, empty at first: a connection string, for `AzureWebJobsStorage` and the storage SDKs, of an account that
 * nobody else in this run gets.
 */
export function freshStorage(): string {
  const { addresses, taken } = inject('storage');
  // Workers come and go and know nothing of each other: each looks from a place of its own, and a folder is made once.
  const start = Math.floor(Math.random() * storageAccounts.length);
  const inMyOrder = [...storageAccounts.slice(start), ...storageAccounts.slice(0, start)];
  const account = inMyOrder.find(({ name }) => madeFolder(join(taken, name)));
  if (!account) {
    throw new Error(`All ${storageAccounts.length} storage accounts of this test run are taken.`);
  }
  return connectionString(addresses, account);
}

function madeFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}
