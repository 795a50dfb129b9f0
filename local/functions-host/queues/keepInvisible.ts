import { setTimeout as pause } from 'node:timers/promises';
import type { QueueClient, ReceivedMessageItem } from '@azure/storage-queue';
import type { Log } from '../coreApi.ts';
import { describeStorageError, isTakenByOther } from './storageError.ts';

/**
 * For how long a message that is in work is hidden from others, and how often that is renewed. The real host takes ten
 * minutes and renews after five. A developer's host is killed more often, and whoever starts it again waits for its
 * messages.
 */
export const invisibility = { seconds: 10, renewedAfterMilliseconds: 3_000 };

/**
 * Keeps a message that was taken invisible until it is settled.
 * @returns `stop`, which must be called before the message is settled, and answers the pop receipt that is valid then.
 */
export function keepInvisible(
  queue: QueueClient,
  { messageId, popReceipt: taken }: ReceivedMessageItem,
  log: Log,
  { seconds, renewedAfterMilliseconds } = invisibility,
): { stop(): Promise<string> } {
  let popReceipt = taken;
  const stopped = new AbortController();
  const renewing = (async () => {
    while (await pause(renewedAfterMilliseconds, true, { signal: stopped.signal }).catch(() => false)) {
      try {
        const renewed = await queue.updateMessage(messageId, popReceipt, undefined, seconds);
        popReceipt = renewed.popReceipt ?? popReceipt;
      } catch (error) {
        log('warning', `Message ${messageId} could not be kept invisible: ${describeStorageError(error)}`);
        if (isTakenByOther(error)) {
          return;
        }
      }
    }
  })();
  return {
    async stop() {
      stopped.abort();
      await renewing;
      return popReceipt;
    },
  };
}
