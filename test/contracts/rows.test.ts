import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';
import { expect, test } from 'vitest';
import { createAzureRows } from '../../src/runs/store/azureRows.ts';
import type { Rows } from '../../src/runs/store/rows.ts';
import { readStorageConnection, type StorageConnection } from '../../src/runs/store/storageConnection.ts';
import { inMemoryRows } from '../runs/inMemoryRows.ts';
import { freshStorage } from '../storage.ts';
import { rowsContract } from './rows.contract.ts';

const connectionString = freshStorage();
const { connection } = readStorageConnection((name) =>
  name === 'AzureWebJobsStorage' ? connectionString : undefined,
) as { connection: StorageConnection };

const overAzurite = (): Rows => createAzureRows({ connection, deadlineMs: 20_000 });

rowsContract('in memory, as other tests use them', inMemoryRows);
rowsContract('in Azure Table Storage, as Azurite does it', overAzurite);

test('a table that is missing reads as empty, and is created by the first commits, whoever is faster', async () => {
  const rows = overAzurite();
  const { tableUrl, credential } = connection;
  if (credential.kind !== 'key') {
    throw new Error('Azurite is used with its key.');
  }
  const client = new TableClient(
    tableUrl,
    'runs',
    new AzureNamedKeyCredential(credential.accountName, credential.accountKey),
    { allowInsecureConnection: true },
  );
  await client.deleteTable();

  expect(await rows.get('p', 'head')).toBeUndefined();
  expect(await rows.list('p', { from: '', before: '~', top: 1 })).toEqual([]);
  await rows.delete('p', ['a', 'b']);
  await Promise.all(['a', 'b', 'c'].map((key) => rows.commit('p', [{ action: 'create', key, value: {} }])));
  expect(await rows.list('p', { from: '', before: '~', top: 9 })).toHaveLength(3);
});
