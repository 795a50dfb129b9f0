import { expect, test } from 'vitest';
import { freshStorage } from '../../../storage.ts';
import { until } from '../../../until.ts';
import { startProject } from '../project.ts';
import { createQueue, length, send, startQueueApp } from './queueApp.ts';

/** What the function has printed as `saw {…}`, one line a time. */
function seen(lines: string[]) {
  return lines.filter((line) => line.startsWith('saw ')).map((line) => JSON.parse(line.slice('saw '.length)));
}

test('a message comes to the function as text or as the JSON that it is, with its metadata, and is deleted', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const host = await startQueueApp({
    connectionString,
    work: `console.log('saw ' + JSON.stringify({ item, ...context.triggerMetadata }));`,
  });
  await host.line('        work: queueTrigger');
  await send(queue, 'grüße');
  await until(() => seen(host.lines).length === 1);
  await send(queue, '{"RunId":7}');
  await until(() => seen(host.lines).length === 2);
  await until(async () => (await length(queue)) === 0);
  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
  const metadata = {
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    popReceipt: expect.any(String),
    dequeueCount: 1,
    insertionTime: moment,
    expirationTime: moment,
    nextVisibleTime: moment,
  };
  expect(seen(host.lines)).toEqual([
    { item: 'grüße', queueTrigger: 'grüße', ...metadata },
    { item: { RunId: 7 }, queueTrigger: { runId: 7 }, ...metadata },
  ]);
  const [{ insertionTime, nextVisibleTime }] = seen(host.lines);
  expect(Date.parse(nextVisibleTime) - Date.parse(insertionTime)).toBeGreaterThan(9_000);
});

test('a message whose function throws is tried again after visibilityTimeout, and in the end is poison', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const host = await startQueueApp({
    connectionString,
    work: `console.log('saw ' + Date.now()); throw new Error('no ' + item);`,
    options: { visibilityTimeout: '00:00:01', maxDequeueCount: 2 },
  });
  await send(queue, 'luck');
  await host.line("Moving message to queue 'work-items-poison'");
  const poison = await createQueue(connectionString, 'work-items-poison');
  await until(async () => (await length(queue)) === 0);
  const [first, second, ...more] = seen(host.lines);
  expect(second - first).toBeGreaterThan(950);
  expect(more).toEqual([]);
  expect(host.lines.filter((line) => line.includes('work failed: Error: no luck'))).toHaveLength(2);
  const { receivedMessageItems } = await poison.receiveMessages();
  expect(receivedMessageItems.map(({ messageText }) => messageText)).toEqual([btoa('luck')]);
});

test('a message that is not in base64 is poison at once', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const host = await startQueueApp({ connectionString, work: `console.log('saw 1');` });
  await queue.sendMessage('{"plain":true}');
  await host.line('Check MessageEncoding settings');
  await until(async () => (await length(queue)) === 0);
  expect(seen(host.lines)).toEqual([]);
  const poison = await createQueue(connectionString, 'work-items-poison');
  expect((await poison.receiveMessages()).receivedMessageItems).toMatchObject([
    { messageText: '{"plain":true}' },
  ]);
});

test('with messageEncoding none, messages are taken as they are', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const host = await startQueueApp({
    connectionString,
    work: `console.log('saw ' + JSON.stringify(item));`,
    options: { messageEncoding: 'none' },
  });
  await queue.sendMessage('{"plain":true}');
  await until(() => seen(host.lines).length > 0);
  expect(seen(host.lines)).toEqual([{ plain: true }]);
});

test('a delayed message does not come before its time', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const host = await startQueueApp({ connectionString, work: `console.log('saw ' + Date.now());` });
  const sent = Date.now();
  await send(queue, 'later', 1);
  await until(() => seen(host.lines).length > 0);
  expect(seen(host.lines)[0] - sent).toBeGreaterThanOrEqual(1000);
});

test('two hosts at one queue do each message once', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  const app = { connectionString, work: `console.log('saw ' + JSON.stringify(item));` };
  const hosts = await Promise.all([startQueueApp(app), startQueueApp(app)]);
  const items = Array.from({ length: 60 }, (_, index) => `item ${index}`);
  await Promise.all(items.map((item) => send(queue, item)));
  await until(async () => (await length(queue)) === 0);
  expect(hosts.flatMap(({ lines }) => seen(lines)).sort()).toEqual(items.sort());
});

test('no more messages are taken while more than newBatchThreshold are in work', async () => {
  const connectionString = freshStorage();
  const queue = await createQueue(connectionString);
  for (const item of ['1', '2', '3', '4', '5', '6', '7']) {
    await send(queue, item);
  }
  const host = await startQueueApp({
    connectionString,
    work: `globalThis.now = (globalThis.now ?? 0) + 1; console.log('saw ' + now);
      await new Promise((resolve) => setTimeout(resolve, 50)); now -= 1;`,
    options: { batchSize: 2, newBatchThreshold: 0 },
  });
  await until(async () => (await length(queue)) === 0);
  expect(Math.max(...seen(host.lines))).toBe(2);
});

test('a queue that does not exist is waited for, and messages come once it does', async () => {
  const connectionString = freshStorage();
  const host = await startQueueApp({ connectionString, work: `console.log('saw ' + JSON.stringify(item));` });
  await send(await createQueue(connectionString), 'first');
  await until(() => seen(host.lines).length > 0);
  expect(host.lines.filter((line) => /^(warning|error)/.test(line))).toEqual([]);
});

test('queue functions whose binding leads to no queue are named in the log, and the others run', async () => {
  const host = await startProject(
    {
      'dist/main.cjs': `const { app } = require('@azure/functions');
        const handler = async () => ({ body: 'hello' });
        app.http('hello', { handler });
        app.storageQueue('unset', { queueName: 'items', connection: 'ABSENT', handler });
        app.storageQueue('identity', { queueName: 'items', connection: 'IDENTITY', handler });
        app.storageQueue('nonsense', { queueName: 'items', connection: 'NONSENSE', handler });
        app.storageQueue('nameless', { queueName: '%ABSENT%', connection: 'NONSENSE', handler });`,
    },
    { env: { NONSENSE: 'nonsense', IDENTITY__accountName: 'account' } },
  );
  const error = (name: string) => host.line(`error: The '${name}' function is in error: `);
  expect(await error('unset')).toContain('its connection, the setting ABSENT, has no value.');
  expect(await error('identity')).toContain('IDENTITY__accountName is for a connection with an identity');
  expect(await error('nonsense')).toContain('its connection NONSENSE is not a connection string');
  expect(await error('nameless')).toContain("'%ABSENT%' in its queueName does not resolve to a value.");
  expect(await (await fetch(`${host.url}/api/hello`)).text()).toBe('hello');
});
