import { againWhenCutOff } from '../../aci/againWhenCutOff.ts';
import { withinDeadline } from '../../aci/withinDeadline.ts';
import type { StorageConnection } from '../store/storageConnection.ts';
import { answerOf, storageErrorOf } from '../store/storageFailure.ts';
import { usableCredential } from '../store/usableCredential.ts';
import type { MessageQueue } from './messages.ts';
import { messageText, visibilityTimeout } from './queueMessage.ts';
import { openQueue, type QueueTransport } from './queueTransport.ts';

export type AzureQueueOptions = {
  connection: StorageConnection;
  /** The queue's: 3 to 63 of a-z, 0-9 and single hyphens. */
  name: string;
  /** Gets the Date header of every answer. */
  observeDate?: (date: string) => void;
  /** How long one request may take. To send is one, or three where the queue is missing. */
  deadlineMs: number;
};

/** A queue in Azure Queue Storage. The SDK is loaded with the first message; the queue is created when that misses it. */
export function createAzureQueue<Message>(options: AzureQueueOptions): MessageQueue<Message> {
  const { connection, name, observeDate, deadlineMs } = options;
  let queue: QueueTransport | undefined;

  function request(make: (queue: QueueTransport, abortSignal: AbortSignal) => Promise<void>): Promise<void> {
    return withinDeadline(deadlineMs, (abortSignal) => {
      queue ??= openQueue({
        url: connection.queueUrl,
        name,
        credential: usableCredential(connection.credential, deadlineMs),
        observeDate,
      });
      return make(queue, abortSignal);
    });
  }

  return {
    async send(message, delaySeconds) {
      const text = messageText(message);
      // One message too many does no harm: whoever gets it finds that the other was there first.
      const send = () =>
        againWhenCutOff(() =>
          request((queue, signal) => queue.send(text, visibilityTimeout(delaySeconds), signal)),
        );
      try {
        await send().catch(async (cause: unknown) => {
          // https://learn.microsoft.com/rest/api/storageservices/queue-service-error-codes
          if (answerOf(cause).code !== 'QueueNotFound') {
            throw cause;
          }
          await request((queue, signal) => queue.create(signal));
          await send();
        });
      } catch (cause) {
        throw storageErrorOf(cause, deadlineMs);
      }
    },
  };
}
