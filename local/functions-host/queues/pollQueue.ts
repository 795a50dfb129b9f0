import { setTimeout as pause } from 'node:timers/promises';
import type { ReceivedMessageItem } from '@azure/storage-queue';
import { invisibility } from './keepInvisible.ts';
import { pollingDelay } from './pollingDelay.ts';
import { processMessage, type QueueListener } from './processMessage.ts';
import { describeStorageError, isQueueNotFound } from './storageError.ts';

/**
 * Takes messages from a queue and has them processed, as the host's QueueListener.cs does: the next batch when no more
 * than `newBatchThreshold` messages are in work, and with growing pauses while nothing is found. As there, a queue that
 * does not exist is not created; it is waited for.
 * @param stopped takes no more messages once it is aborted.
 * @returns when it has stopped and every message taken is settled. It never rejects.
 */
export async function pollQueue(listener: QueueListener, stopped: AbortSignal): Promise<void> {
  const { options } = listener;
  const receive = createReceive(listener);
  const processing = new Set<Promise<void>>();
  let emptyLooks = 0;
  while (!stopped.aborted) {
    const messages = await receive();
    for (const message of messages) {
      const processed = processMessage(listener, message).finally(() => processing.delete(processed));
      processing.add(processed);
    }
    if (messages.length === 0) {
      emptyLooks += 1;
      const delay = pollingDelay(emptyLooks, options.maxPollingInterval, Math.random());
      await pause(delay, undefined, { signal: stopped }).catch(() => {});
    } else {
      emptyLooks = 0;
      while (processing.size > options.newBatchThreshold) {
        await Promise.race(processing);
      }
    }
  }
  await Promise.all(processing);
}

/** Looks at the queue once. That it cannot be read is no error, and is said once, until it can be read again. */
function createReceive({ queue, options, log }: QueueListener): () => Promise<ReceivedMessageItem[]> {
  let readable = true;
  return async () => {
    try {
      const { receivedMessageItems } = await queue.receiveMessages({
        numberOfMessages: options.batchSize,
        visibilityTimeout: invisibility.seconds,
      });
      if (!readable) {
        log('information', `Queue '${queue.name}' can be read again.`);
        readable = true;
      }
      return receivedMessageItems;
    } catch (error) {
      if (isQueueNotFound(error)) {
        log('debug', `Queue '${queue.name}' does not exist yet.`);
      } else if (readable) {
        log('warning', `Queue '${queue.name}' cannot be read; trying on: ${describeStorageError(error)}`);
        readable = false;
      }
      return [];
    }
  };
}
