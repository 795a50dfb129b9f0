import { expect, test } from 'vitest';
import { keepInvisible } from '../../../../local/functions-host/queues/keepInvisible.ts';
import { freshStorage } from '../../../storage.ts';
import { until } from '../../../until.ts';
import { createQueue, length, send } from './queueApp.ts';

const often = { seconds: 3, renewedAfterMilliseconds: 300 };

async function takeOne(visibilityTimeout: number) {
  const queue = await createQueue(freshStorage());
  await send(queue, 'one');
  const [message] = (await queue.receiveMessages({ visibilityTimeout })).receivedMessageItems;
  return { queue, message: message ?? expect.fail() };
}

test('a message stays invisible for longer than it was taken for, and can be deleted then', async () => {
  const { queue, message } = await takeOne(often.seconds);
  const kept = keepInvisible(queue, message, () => {}, often);
  await send(queue, 'sent to be there when the other one would be, too', often.seconds);
  const others = await until(async () => {
    const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 2 });
    return receivedMessageItems.length > 0 && receivedMessageItems;
  });
  expect(others.map(({ messageId }) => messageId)).not.toContain(message.messageId);
  await queue.deleteMessage(message.messageId, await kept.stop());
  expect(await length(queue)).toBe(1);
});

test('a message that somebody else has done is let go, with a warning', async () => {
  const { queue, message } = await takeOne(1);
  await queue.deleteMessage(message.messageId, message.popReceipt);
  const warned = Promise.withResolvers<string>();
  const kept = keepInvisible(queue, message, (_, text) => warned.resolve(text), often);
  expect(await warned.promise).toContain('MessageNotFound');
  await kept.stop();
});
