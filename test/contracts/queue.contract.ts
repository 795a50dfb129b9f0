import { describe, expect, test } from 'vitest';
import type { MessageQueue } from '../../src/runs/queue/messages.ts';

export type ConnectedQueue = {
  queue: MessageQueue<unknown>;
  /** The messages that are visible now, each as the JSON that a queue trigger gets. */
  visible(): Promise<unknown[]>;
  /** Lets time pass: that much of it, or until it has. */
  pass(seconds: number): Promise<void>;
};

/**
 * What every implementation of `MessageQueue` does.
 * @param connect to a queue that nobody has used before; it need not be there.
 */
export function queueContract(name: string, connect: () => ConnectedQueue): void {
  describe(name, () => {
    test('what is sent comes as it was at that time, each as often as it was sent', async () => {
      const { queue, visible } = connect();
      const message = { runId: '1', text: 'größe 数据 🚀 \ud83d', list: [1, null] };
      await queue.send(message, 0);
      await queue.send('text', 0);
      await queue.send('text', 0);
      message.list = [];

      const messages = await visible();
      expect(messages).toHaveLength(3);
      expect(messages).toEqual(
        expect.arrayContaining([
          { runId: '1', text: 'größe 数据 🚀 \ud83d', list: [1, null] },
          'text',
          'text',
        ]),
      );
    });

    test('a message with a delay is not seen before that is over', async () => {
      const { queue, visible, pass } = connect();
      await queue.send('later', 0.2); // a whole second: a queue knows no less
      await queue.send('much later', 7 * 24 * 60 * 60);
      await queue.send('later than a queue can', 1e9);
      await queue.send('overdue', -5);

      expect(await visible()).toEqual(['overdue']);
      await pass(1);
      expect(await visible()).toEqual(expect.arrayContaining(['overdue', 'later']));
      expect(await visible()).toHaveLength(2);
    });

    test('a message of 48 KiB is sent, a larger one is refused', async () => {
      const { queue, visible } = connect();
      await queue.send('x'.repeat(48 * 1024 - 2), 0);
      await expect(queue.send('x'.repeat(48 * 1024 - 1), 0)).rejects.toThrow(RangeError);
      expect(await visible()).toHaveLength(1);
    });

    test('messages that are sent at the same time to a queue that is not there are all sent', async () => {
      const { queue, visible } = connect();
      await Promise.all([1, 2, 3, 4, 5].map((n) => queue.send(n, 0)));
      expect((await visible()).map(Number).sort()).toEqual([1, 2, 3, 4, 5]);
    });
  });
}
