import { expect, test } from 'vitest';
import { freshStorage } from '../../../storage.ts';
import { until } from '../../../until.ts';
import { createQueue, length, send, startQueueApp } from './queueApp.ts';

test('SIGTERM lets the functions that run come to their end, and takes no more messages', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const host = await startQueueApp({
    connectionString,
    work: `console.log('begun ' + item);
      await (globalThis.asked ??= new Promise((resolve) => process.once('SIGTERM', resolve)));
      console.log('asked to end');
      await new Promise((resolve) => setTimeout(resolve, 500));
      console.log('done ' + item);`,
  });
  await send(queue, 'one');
  await host.line('begun one');
  const exit = host.stop();
  await host.line('asked to end');
  await send(queue, 'two');
  expect(await exit).toEqual({ code: 0, signal: null });
  expect(host.lines).toContain('done one');
  expect(host.lines).not.toContain('begun two');
  const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 2 });
  expect(receivedMessageItems).toMatchObject([{ messageText: btoa('two'), dequeueCount: 1 }]);
});

test('a message that was taken too often without coming to an end is poison, and is not tried again', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  await send(queue, 'kills its host');
  await queue.receiveMessages({ visibilityTimeout: 1 });
  const host = await startQueueApp({
    connectionString,
    work: `console.log('begun ' + item);`,
    options: { maxDequeueCount: 1 },
  });
  await host.line("Moving message to queue 'work-items-poison'");
  await until(async () => (await length(queue)) === 0);
  expect(host.lines).not.toContain('begun kills its host');
});

test('what a killed host was doing comes to the next one', { timeout: 60_000 }, async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const killed = await startQueueApp({
    connectionString,
    work: `console.log('begun ' + item); await new Promise(() => {});`,
  });
  await send(queue, 'one');
  await killed.line('begun one');
  process.kill(killed.pid, 'SIGKILL');
  const next = await startQueueApp({
    connectionString,
    work: `console.log('again ' + item + ' ' + context.triggerMetadata.dequeueCount);`,
  });
  await next.line('again one 2');
  await until(async () => (await length(queue)) === 0);
});
