/**
 * What becomes of a message once its function has run, as in the host's QueueProcessor.cs:
 * - `delete`: it is done;
 * - `release`: others may have it, after `visibilityTimeout`;
 * - `poison`: it goes to the poison queue;
 * - `leave`: it stays invisible for as long as it is, which keeps it from being tried again and again at once.
 */
export type MessageFate = 'delete' | 'release' | 'poison' | 'leave';

export function messageFate({
  succeeded,
  dequeueCount,
  maxDequeueCount,
  hasPoisonQueue,
}: {
  succeeded: boolean;
  /** How often the message was taken, this time included. */
  dequeueCount: number;
  maxDequeueCount: number;
  hasPoisonQueue: boolean;
}): MessageFate {
  if (succeeded) {
    return 'delete';
  }
  if (!hasPoisonQueue) {
    return 'leave';
  }
  return dequeueCount >= maxDequeueCount ? 'poison' : 'release';
}
