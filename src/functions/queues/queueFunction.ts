import type { InvocationContext } from '@azure/functions';

/** What the host knows of a function that runs for the messages of a queue. */
export type QueueTrigger = { name: string; queueName: string };

/** One function that runs for the messages of a queue. */
export type QueueFunction = QueueTrigger & {
  handler: (message: unknown, context: InvocationContext) => Promise<void>;
};

/** The queues of the app. */
export const queueNames = { watch: 'aci-runs', callback: 'aci-callbacks' } as const;
