import { TableClient, TableServiceClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';

/** Reads all that a storage account holds in tables and queues, as whoever has its key can. */
export function createStorageReader(connectionString: string) {
  const tables = TableServiceClient.fromConnectionString(connectionString, { allowInsecureConnection: true });
  const queues = QueueServiceClient.fromConnectionString(connectionString);
  return {
    /** Every row of every table, as JSON. */
    async rows(): Promise<string[]> {
      const rows: string[] = [];
      for await (const { name = '' } of tables.listTables()) {
        const table = TableClient.fromConnectionString(connectionString, name, {
          allowInsecureConnection: true,
        });
        for await (const entity of table.listEntities()) {
          rows.push(JSON.stringify(entity));
        }
      }
      return rows;
    },
    /** The messages that can be seen now, 32 of each queue at most: as they are, and decoded. */
    async messages(): Promise<string[]> {
      const messages: string[] = [];
      for await (const { name } of queues.listQueues()) {
        const { peekedMessageItems } = await queues
          .getQueueClient(name)
          .peekMessages({ numberOfMessages: 32 });
        for (const { messageText } of peekedMessageItems) {
          messages.push(`${messageText} ${Buffer.from(messageText, 'base64')}`);
        }
      }
      return messages;
    },
    async send(queue: string, text: string): Promise<void> {
      await queues.getQueueClient(queue).sendMessage(Buffer.from(text).toString('base64'));
    },
  };
}
