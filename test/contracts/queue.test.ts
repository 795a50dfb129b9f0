import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { QueueServiceClient } from '@azure/storage-queue';
import { expect, test } from 'vitest';
import { createAzureQueue } from '../../src/runs/queue/azureQueue.ts';
import { readStorageConnection, type StorageConnection } from '../../src/runs/store/storageConnection.ts';
import { inMemoryQueue } from '../runs/inMemoryQueue.ts';
import { freshStorage } from '../storage.ts';
import { queueContract } from './queue.contract.ts';

const connectionString = freshStorage();
const { connection } = readStorageConnection((name) =>
  name === 'AzureWebJobsStorage' ? connectionString : undefined,
) as { connection: StorageConnection };

queueContract('in memory, as other tests use them', () => {
  let now = 0;
  const memory = inMemoryQueue<unknown>(() => now);
  return {
    queue: memory,
    visible: async () =>
      memory.messages.filter(({ visibleAt }) => visibleAt <= now).map(({ message }) => message),
    pass: async (seconds) => {
      now += seconds * 1_000;
    },
  };
});

function overAzurite() {
  const name = `watch-${randomUUID()}`;
  const client = QueueServiceClient.fromConnectionString(connectionString).getQueueClient(name);
  return {
    client,
    queue: createAzureQueue<unknown>({ connection, name, deadlineMs: 20_000 }),
    async visible() {
      const { peekedMessageItems } = await client.peekMessages({ numberOfMessages: 32 });
      return peekedMessageItems.map(({ messageText }) =>
        JSON.parse(Buffer.from(messageText, 'base64').toString()),
      );
    },
  };
}

queueContract('in Azure Queue Storage, as Azurite does it', () => {
  const connected = overAzurite();
  return {
    ...connected,
    async pass(seconds) {
      const before = (await connected.visible()).length;
      const giveUp = Date.now() + seconds * 1_000 + 10_000;
      while ((await connected.visible()).length === before && Date.now() < giveUp) {
        await setTimeout(50);
      }
    },
  };
});

test('no message expires', async () => {
  const { client, queue } = overAzurite();
  await queue.send('kept', 0);
  const { peekedMessageItems } = await client.peekMessages();
  expect(peekedMessageItems[0]?.expiresOn.getUTCFullYear()).toBe(9999);
});
