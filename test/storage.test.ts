import { TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { expect, test } from 'vitest';
import { freshStorage } from './storage.ts';

test('what one test stores, no other sees', async () => {
  const [mine, other] = [freshStorage(), freshStorage()];
  const queues = (storage: string) => QueueServiceClient.fromConnectionString(storage);
  const tables = (storage: string) =>
    TableServiceClient.fromConnectionString(storage, { allowInsecureConnection: true });
  await queues(mine).createQueue('runs');
  await tables(mine).createTable('runs');
  expect(await Array.fromAsync(queues(mine).listQueues(), ({ name }) => name)).toEqual(['runs']);
  expect(await Array.fromAsync(tables(mine).listTables(), ({ name }) => name)).toEqual(['runs']);
  expect(await Array.fromAsync(queues(other).listQueues())).toEqual([]);
  expect(await Array.fromAsync(tables(other).listTables())).toEqual([]);
});

test('no two get the same', () => {
  const given = Array.from({ length: 100 }, freshStorage);
  expect(new Set(given).size).toBe(given.length);
});
