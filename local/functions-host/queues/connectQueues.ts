import type { QueueClient } from '@azure/storage-queue';
import type { FunctionMetadata } from '../coreApi.ts';
import { HostError } from '../hostError.ts';
import { triggerOf } from '../trigger.ts';
import { findConnectionString } from './connectionString.ts';
import { poisonQueueName, readQueueName } from './queueName.ts';

/** Against a passing fault. A storage that is gone is the poll's to wait for. */
const retryOptions = { maxTries: 2, retryDelayInMs: 200 };

/**
 * The queue that a queue trigger names, and the one for its poison messages. Nothing is sent yet.
 * @throws HostError when the binding does not lead to a queue.
 */
export async function connectQueues(
  metadata: FunctionMetadata,
  environment: NodeJS.ProcessEnv,
): Promise<{ queue: QueueClient; poisonQueue: QueueClient | undefined }> {
  const binding = triggerOf(metadata)?.binding;
  const queueName = readQueueName(binding, environment);
  const connectionString = findConnectionString(binding?.['connection'], environment);
  // Loading it takes longer than all else that the host does at its start, so only an app with a queue function pays.
  const { QueueServiceClient } = await import('@azure/storage-queue');
  try {
    const service = QueueServiceClient.fromConnectionString(connectionString, { retryOptions });
    const poison = poisonQueueName(queueName);
    return {
      queue: service.getQueueClient(queueName),
      poisonQueue: poison === undefined ? undefined : service.getQueueClient(poison),
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new HostError(`its connection ${binding?.['connection']} is not a connection string: ${why}`, {
      cause,
    });
  }
}
