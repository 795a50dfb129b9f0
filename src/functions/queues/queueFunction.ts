import type { InvocationContext } from '@azure/functions';

/** One function that runs for the messages of a queue. */
export type QueueFunction = {
  name: string;
  queueName: string;
  handler: (message: unknown, context: InvocationContext) => Promise<void>;
};

/** The queues of the app; the Functions host moves what it could not hand over to `<queue>-poison`. */
export const queueNames = { watch: 'aci-runs', callback: 'aci-callbacks' } as const;
