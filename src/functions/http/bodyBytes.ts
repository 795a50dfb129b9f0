import type { HttpRequest } from '@azure/functions';
import { RequestRefused } from './requestRefused.ts';

/**
 * Reads a request's body as it came.
 * @throws RequestRefused 413 as soon as it is over `mostBytes`.
 */
export async function readBodyBytes(request: HttpRequest, mostBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) {
    throw tooLarge(mostBytes);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBytes) {
      throw tooLarge(mostBytes);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(mostBytes: number): RequestRefused {
  return new RequestRefused({
    status: 413,
    code: 'RequestBodyTooLarge',
    message: `The body is over ${mostBytes / 1024} KiB, the most that a request may have.`,
  });
}
