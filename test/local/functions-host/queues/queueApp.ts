import { type QueueClient, QueueServiceClient } from '@azure/storage-queue';
import { type RunningHost, startProject } from '../project.ts';

export type QueueApp = {
  connectionString: string;
  /** The body of the function `work (item, context) => …`, which runs for the messages of the queue `work-items`. */
  work: string;
  /** `extensions.queues` of its host.json, besides looking at the queue often. */
  options?: Record<string, unknown>;
};

/** Serves an app with a queue function from a host of its own. */
export function startQueueApp({ connectionString, work, options = {} }: QueueApp): Promise<RunningHost> {
  return startProject(
    {
      'dist/main.cjs': `const { app } = require('@azure/functions');
        app.storageQueue('work', { queueName: '%QUEUE%', connection: 'AzureWebJobsStorage',
          handler: async (item, context) => { ${work} } });`,
      'host.json': JSON.stringify({
        extensions: { queues: { maxPollingInterval: '00:00:00.2', ...options } },
      }),
    },
    { env: { AzureWebJobsStorage: connectionString, QUEUE: 'Work-Items' } },
  );
}

export async function createQueue(connectionString: string, name = 'work-items'): Promise<QueueClient> {
  const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient(name);
  await queue.createIfNotExists();
  return queue;
}

/** Sends text as most senders do: in base64. */
export function send(queue: QueueClient, text: string, visibilityTimeout = 0): Promise<unknown> {
  return queue.sendMessage(Buffer.from(text).toString('base64'), { visibilityTimeout });
}

/** How many messages a queue holds, invisible ones included. */
export async function length(queue: QueueClient): Promise<number | undefined> {
  return (await queue.getProperties()).approximateMessagesCount;
}
