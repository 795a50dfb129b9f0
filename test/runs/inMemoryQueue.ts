import type { MessageQueue } from '../../src/runs/queue/messages.ts';
import { messageText, visibilityTimeout } from '../../src/runs/queue/queueMessage.ts';

/** A queue in memory, with a queue's own limits: what was sent stays in `messages` until a test takes it out. */
export type InMemoryQueue<Message> = MessageQueue<Message> & {
  /** In the order of their sending; `visibleAt` in milliseconds since 1970. */
  messages: { message: Message; visibleAt: number }[];
  /** What the next sends reject with; the message is there all the same when `isEffective`. */
  failure: { error: unknown; isEffective?: boolean } | undefined;
};

/** @param now in milliseconds since 1970. */
export function inMemoryQueue<Message>(now: () => number): InMemoryQueue<Message> {
  const memory: InMemoryQueue<Message> = {
    messages: [],
    failure: undefined,
    async send(message, delaySeconds) {
      const { failure } = memory;
      const text = Buffer.from(messageText(message), 'base64').toString();
      if (!failure || failure.isEffective) {
        memory.messages.push({
          message: JSON.parse(text) as Message,
          visibleAt: now() + visibilityTimeout(delaySeconds) * 1_000,
        });
      }
      if (failure) {
        throw failure.error;
      }
    },
  };
  return memory;
}
