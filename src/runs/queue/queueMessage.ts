// https://learn.microsoft.com/rest/api/storageservices/put-message
const longestText = 64 * 1024;
const longestDelaySeconds = 7 * 24 * 60 * 60;

/**
 * The text of a message, as the Functions host reads it by default: base64 (host.json, queues, messageEncoding).
 * @throws RangeError when a queue would not take it: 48 KiB of JSON is the most.
 */
export function messageText(message: unknown): string {
  const text = Buffer.from(JSON.stringify(message)).toString('base64');
  if (text.length > longestText) {
    throw new RangeError(
      `The message takes ${Math.ceil(text.length / 1024)} KiB in base64; a queue takes ${longestText / 1024} KiB.`,
    );
  }
  return text;
}

/** A delay as a queue takes it: whole seconds, not earlier than asked for, 7 days at most. */
export function visibilityTimeout(delaySeconds: number): number {
  return Math.min(Math.max(Math.ceil(delaySeconds), 0), longestDelaySeconds);
}
