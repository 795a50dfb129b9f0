import type { QueueClient, ReceivedMessageItem } from '@azure/storage-queue';
import type { Log } from '../coreApi.ts';
import type { InvocationInput } from '../invoke.ts';
import { keepInvisible } from './keepInvisible.ts';
import { messageFate } from './messageFate.ts';
import { messageInput } from './messageInput.ts';
import { decodeMessage } from './messageText.ts';
import type { QueueOptions } from './queueOptions.ts';
import { describeStorageError, isTakenByOther } from './storageError.ts';

/** A function at its queue. */
export type QueueListener = {
  functionName: string;
  queue: QueueClient;
  poisonQueue: QueueClient | undefined;
  options: QueueOptions;
  /** Runs the function; its failures are logged already when it rejects. */
  run: (input: InvocationInput) => Promise<unknown>;
  log: Log;
};

/** Runs the function for a message that was taken from its queue, and settles the message. It never rejects. */
export async function processMessage(listener: QueueListener, message: ReceivedMessageItem): Promise<void> {
  const { functionName, queue, poisonQueue, options, run, log } = listener;
  const { messageId, dequeueCount } = message;
  try {
    const text = decodeMessage(message.messageText, options.messageEncoding);
    if (text === undefined) {
      log('warning', `Message decoding has failed! Check MessageEncoding settings. MessageId=${messageId}.`);
    }
    // One that was taken too often never came to its end: it took its host along.
    if (text === undefined || dequeueCount > options.maxDequeueCount) {
      await moveToPoisonQueue(listener, message, message.popReceipt);
      return;
    }
    const invisible = keepInvisible(queue, message, log);
    const started = performance.now();
    const succeeded = await run(messageInput(message, text)).then(
      () => true,
      () => false,
    );
    const outcome = succeeded ? 'succeeded' : 'failed';
    const milliseconds = Math.round(performance.now() - started);
    log(
      'information',
      `${functionName} ${outcome} for message ${messageId} of '${queue.name}' ${milliseconds} ms`,
    );
    const popReceipt = await invisible.stop();
    const { maxDequeueCount } = options;
    switch (messageFate({ succeeded, dequeueCount, maxDequeueCount, hasPoisonQueue: !!poisonQueue })) {
      case 'delete':
        await queue.deleteMessage(messageId, popReceipt);
        break;
      case 'release':
        // Storage knows whole seconds alone.
        await queue.updateMessage(
          messageId,
          popReceipt,
          undefined,
          Math.round(options.visibilityTimeout / 1000),
        );
        break;
      case 'poison':
        await moveToPoisonQueue(listener, message, popReceipt);
        break;
      case 'leave':
        break;
    }
  } catch (error) {
    log(
      isTakenByOther(error) ? 'debug' : 'error',
      `Message ${messageId} of '${queue.name}' comes back, since it could not be settled: ${describeStorageError(error)}`,
    );
  }
}

async function moveToPoisonQueue(
  { queue, poisonQueue, options, log }: QueueListener,
  { messageId, messageText }: ReceivedMessageItem,
  popReceipt: string,
): Promise<void> {
  if (poisonQueue) {
    log(
      'warning',
      `Message has reached MaxDequeueCount of ${options.maxDequeueCount}. Moving message to queue '${poisonQueue.name}'.`,
    );
    await poisonQueue.createIfNotExists();
    await poisonQueue.sendMessage(messageText);
    await queue.deleteMessage(messageId, popReceipt);
  }
}
