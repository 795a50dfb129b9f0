import { HostError } from '../hostError.ts';
import { readExtension } from '../settings.ts';
import { parseTimeSpan } from '../timeSpan.ts';
import { shortestDelay } from './pollingDelay.ts';

/** `extensions.queues` of host.json; times in milliseconds. */
export type QueueOptions = {
  /** The longest pause between two looks at an empty queue. */
  maxPollingInterval: number;
  /** How long a message rests after its function failed. */
  visibilityTimeout: number;
  /** Most messages that one look at a queue takes. */
  batchSize: number;
  /** How often a message is tried before it goes to the poison queue. */
  maxDequeueCount: number;
  /** No more messages are taken while more than this many are in work. */
  newBatchThreshold: number;
  messageEncoding: MessageEncoding;
};

export type MessageEncoding = 'base64' | 'none';

/**
 * Reads them with the host's own defaults and limits: QueuesOptions.cs and StorageQueuesWebJobsBuilderExtensions.cs
 * of https://github.com/Azure/azure-sdk-for-net, sdk/storage/Microsoft.Azure.WebJobs.Extensions.Storage.Queues.
 * @param environment the value of AZURE_FUNCTIONS_ENVIRONMENT; in Development an empty queue is looked at more often.
 * @throws HostError for a value that the host would not take.
 */
export function readQueueOptions(appDirectory: string, environment: string): QueueOptions {
  const given = readExtension(appDirectory, 'queues');
  const batchSize = wholeNumber(given, 'batchSize', 16, 1, 32);
  return {
    maxPollingInterval: time(
      given,
      'maxPollingInterval',
      environment.toLowerCase() === 'development' ? 2_000 : 60_000,
      shortestDelay,
    ),
    visibilityTimeout: time(given, 'visibilityTimeout', 0, 0),
    batchSize,
    maxDequeueCount: wholeNumber(given, 'maxDequeueCount', 5, 1),
    // The host multiplies it by the processors of a dedicated plan, but not on the plans that this app is for.
    newBatchThreshold: wholeNumber(given, 'newBatchThreshold', Math.floor(batchSize / 2), 0),
    messageEncoding: readEncoding(given['messageEncoding'] ?? 'base64'),
  };
}

function time(given: Record<string, unknown>, name: string, byDefault: number, least: number): number {
  const value = given[name];
  if (value === undefined) {
    return byDefault;
  }
  const milliseconds = typeof value === 'string' ? parseTimeSpan(value) : undefined;
  if (milliseconds === undefined || milliseconds < least) {
    throw wrong(name, value, `a time such as "00:00:02", ${least} ms or more`);
  }
  return milliseconds;
}

function wholeNumber(
  given: Record<string, unknown>,
  name: string,
  byDefault: number,
  least: number,
  most = 2 ** 31 - 1,
): number {
  const value = given[name] ?? byDefault;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw wrong(name, value, `a whole number from ${least} to ${most}`);
  }
  return value;
}

function readEncoding(value: unknown): MessageEncoding {
  const encoding = String(value).toLowerCase();
  if (encoding !== 'base64' && encoding !== 'none') {
    throw wrong('messageEncoding', value, 'base64 or none');
  }
  return encoding;
}

function wrong(name: string, value: unknown, expected: string): HostError {
  return new HostError(`host.json: extensions.queues.${name} is ${JSON.stringify(value)}, not ${expected}.`);
}
