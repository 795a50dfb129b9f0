import { randomUUID } from 'node:crypto';
import type { ReceivedMessageItem } from '@azure/storage-queue';
import type { InvocationInput } from '../invoke.ts';
import { newTraceContext } from '../traceContext.ts';

/**
 * What a function gets of a message. The library parses text that is JSON, and gives the names of the metadata a
 * small first letter; they are those of the host's QueueTriggerBinding.cs.
 */
export function messageInput(message: ReceivedMessageItem, text: string): InvocationInput {
  return {
    invocationId: randomUUID(),
    data: { string: text },
    triggerMetadata: {
      QueueTrigger: { string: text },
      DequeueCount: { json: JSON.stringify(message.dequeueCount) },
      ExpirationTime: dateTimeOffset(message.expiresOn),
      Id: { string: message.messageId },
      InsertionTime: dateTimeOffset(message.insertedOn),
      NextVisibleTime: dateTimeOffset(message.nextVisibleOn),
      PopReceipt: { string: message.popReceipt },
    },
    traceContext: newTraceContext(),
  };
}

/** As .NET writes a moment of UTC in JSON: `2026-11-21T10:00:00+00:00`. */
function dateTimeOffset(date: Date): { json: string } {
  return { json: JSON.stringify(date.toISOString().replace(/(\.000)?Z$/, '+00:00')) };
}
