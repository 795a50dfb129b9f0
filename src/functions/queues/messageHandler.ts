import type { MessageQueue } from '../../runs/queue/messages.ts';
import { StorageError } from '../../runs/store/rows.ts';
import { within } from '../telemetry/invocation.ts';
import type { QueueFunction } from './queueFunction.ts';

/**
 * How long a message rests, in seconds: after a fault of the storage account, which most often is one lost connection and over by the
 * time that the message is sent; after any other; and after the host itself gave it up.
 */
const storageSeconds = 5;
const retrySeconds = 30;
const poisonSeconds = 60;

/**
 * Works on messages, and loses none: one whose work failed is sent again, so that the host never counts it as poison. Only when that
 * fails, too, is it left to the host, which tries it again and then moves it to the poison queue.
 * @param read undefined for a message that is none of ours, which is logged and dropped.
 */
export function workedOn<Message>(
  read: (message: unknown) => Message | undefined,
  queue: MessageQueue<Message>,
  work: (message: Message) => Promise<void>,
): QueueFunction['handler'] {
  return async (received, context) => {
    const message = read(received);
    if (message === undefined) {
      context.error('A message of an unknown shape was dropped.');
      return;
    }
    try {
      await within(context, () => work(message));
    } catch (error) {
      context.error(error);
      await queue.send(message, error instanceof StorageError ? storageSeconds : retrySeconds);
    }
  };
}

/** Sends a message that the host gave up back to its queue. */
export function sentBack<Message>(
  read: (message: unknown) => Message | undefined,
  queue: MessageQueue<Message>,
): QueueFunction['handler'] {
  return workedOn(read, queue, (message) => queue.send(message, poisonSeconds));
}
