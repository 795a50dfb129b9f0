import { expect, test } from 'vitest';
import { findConnectionString } from '../../../../local/functions-host/queues/connectionString.ts';
import { messageFate } from '../../../../local/functions-host/queues/messageFate.ts';
import { decodeMessage } from '../../../../local/functions-host/queues/messageText.ts';
import { pollingDelay } from '../../../../local/functions-host/queues/pollingDelay.ts';
import { poisonQueueName, readQueueName } from '../../../../local/functions-host/queues/queueName.ts';
import { readQueueOptions } from '../../../../local/functions-host/queues/queueOptions.ts';
import { parseTimeSpan } from '../../../../local/functions-host/timeSpan.ts';
import { writeProject } from '../project.ts';

test('an empty queue is looked at less and less, up to the limit', () => {
  const delays = (random: number) => [1, 2, 3, 4, 5, 6, 100_000].map((n) => pollingDelay(n, 2_000, random));
  expect(delays(0.5)).toEqual([100, 200, 300, 500, 900, 1700, 2000]);
  expect(delays(0)).toEqual([100, 180, 260, 420, 740, 1380, 2000]);
  expect(pollingDelay(0, 2_000, 0.5)).toBe(100);
});

test.each([
  ['00:00:02', 2_000],
  ['1.02:03:04', 93_784_000],
  ['00:00:00.25', 250],
  ['23:59', undefined],
  ['00:60:00', undefined],
  ['2', undefined],
])('the time span %s is %s ms', (text, milliseconds) => {
  expect(parseTimeSpan(text)).toBe(milliseconds);
});

test.each([
  { succeeded: true, dequeueCount: 9, hasPoisonQueue: true, fate: 'delete' },
  { succeeded: false, dequeueCount: 4, hasPoisonQueue: true, fate: 'release' },
  { succeeded: false, dequeueCount: 5, hasPoisonQueue: true, fate: 'poison' },
  { succeeded: false, dequeueCount: 5, hasPoisonQueue: false, fate: 'leave' },
])('of a message that $succeeded at its time $dequeueCount becomes $fate', ({ fate, ...known }) => {
  expect(messageFate({ ...known, maxDequeueCount: 5 })).toBe(fate);
});

test('base64 is taken as .NET takes it', () => {
  expect(decodeMessage(' Z3LD\nvMOf ', 'base64')).toBe('grüß');
  expect(decodeMessage('', 'base64')).toBe('');
  expect(decodeMessage('Zg', 'base64')).toBeUndefined();
  expect(decodeMessage('{"a":1}', 'base64')).toBeUndefined();
  expect(decodeMessage('Zg==', 'none')).toBe('Zg==');
});

test('host.json says nothing: the defaults of the host, and those of Development', () => {
  const folder = writeProject({ 'host.json': '{}' });
  const defaults = {
    maxPollingInterval: 60_000,
    visibilityTimeout: 0,
    batchSize: 16,
    maxDequeueCount: 5,
    newBatchThreshold: 8,
    messageEncoding: 'base64',
  };
  expect(readQueueOptions(folder, 'Production')).toEqual(defaults);
  expect(readQueueOptions(folder, 'Development')).toEqual({ ...defaults, maxPollingInterval: 2_000 });
});

test.each([
  { maxPollingInterval: '00:00:00.05' },
  { maxPollingInterval: 2000 },
  { visibilityTimeout: 'soon' },
  { batchSize: 33 },
  { batchSize: '16' },
  { maxDequeueCount: 0 },
  { newBatchThreshold: -1 },
  { messageEncoding: 'utf8' },
])('host.json may not say %j', (queues) => {
  const folder = writeProject({ 'host.json': JSON.stringify({ extensions: { queues } }) });
  expect(() => readQueueOptions(folder, 'Development')).toThrow(
    `host.json: extensions.queues.${Object.keys(queues)[0]} is `,
  );
});

test('a connection is a setting, with AzureWebJobs before its name or without', () => {
  const environment = { AzureWebJobsStorage: 'a', AzureWebJobsOther: 'b', Other: 'c', Mine: 'd' };
  expect(
    ['AzureWebJobsStorage', 'Storage', '', undefined].map((name) => findConnectionString(name, environment)),
  ).toEqual(['a', 'a', 'a', 'a']);
  expect(findConnectionString('Other', environment)).toBe('b');
  expect(findConnectionString('Mine', environment)).toBe('d');
});

test('a queue may be named by settings, and has a poison queue unless it is one', () => {
  expect(readQueueName({ queueName: '%STAGE%-Runs' }, { STAGE: 'test' })).toBe('test-runs');
  expect(() => readQueueName({ queueName: '%STAGE%' }, {})).toThrow(
    "'%STAGE%' in its queueName does not resolve to a value.",
  );
  expect(() => readQueueName({ queueName: 'a--b' }, {})).toThrow("'a--b' is not the name of a queue.");
  expect(poisonQueueName('runs')).toBe('runs-poison');
  expect(poisonQueueName('runs-poison')).toBeUndefined();
  expect(poisonQueueName('x'.repeat(60))).toBeUndefined();
});
