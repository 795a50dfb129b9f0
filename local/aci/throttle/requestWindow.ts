import type { Taken } from './tokenBucket.ts';

export type WindowLimit = { requests: number; seconds: number };

/** The requests counted since a window opened, in milliseconds since 1970. */
export type WindowCount = { openedAt: number; count: number };

/**
 * Counts a request in a window of fixed length, which opens with its first request.
 *
 * [U] whether the service's windows are fixed or slide.
 */
export function countRequest(
  { requests, seconds }: WindowLimit,
  window: WindowCount | undefined,
  now: number,
): Taken<WindowCount> {
  const isOpen = window !== undefined && now < window.openedAt + seconds * 1000;
  const { openedAt, count } = isOpen ? window : { openedAt: now, count: 0 };
  if (count >= requests) {
    const retryAfterSeconds = Math.max(1, Math.ceil((openedAt + seconds * 1000 - now) / 1000));
    return { state: { openedAt, count }, remaining: 0, retryAfterSeconds };
  }
  return { state: { openedAt, count: count + 1 }, remaining: requests - count - 1 };
}
