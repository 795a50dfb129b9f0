import type { IncomingMessage } from 'node:http';

/** ARM's limit for a request's content. */
export const maxContentBytes = 4 * 1024 * 1024;

/**
 * Reads a request's body.
 *
 * What is over the limit is read and thrown away: an answer sent before the sender is done might never reach it.
 * @returns undefined when the body is over the limit.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= maxContentBytes) {
      chunks.push(chunk);
    } else {
      chunks.length = 0;
    }
  }
  return size <= maxContentBytes ? Buffer.concat(chunks) : undefined;
}
