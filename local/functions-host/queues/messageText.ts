import type { MessageEncoding } from './queueOptions.ts';

/** What the sender of a message wrote, or undefined when the message is not encoded as host.json says. */
export function decodeMessage(messageText: string, encoding: MessageEncoding): string | undefined {
  if (encoding === 'none') {
    return messageText;
  }
  const base64 = messageText.replace(/\s/g, '');
  const bytes = Buffer.from(base64, 'base64');
  // Node skips what is not base64 and takes a missing padding; .NET takes neither.
  return bytes.toString('base64') === base64 ? bytes.toString('utf8') : undefined;
}
