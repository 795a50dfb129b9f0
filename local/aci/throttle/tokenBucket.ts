import type { Bucket } from '../limits.ts';

/** How full a bucket was, and when, in milliseconds since 1970. */
export type BucketLevel = { tokens: number; at: number };

export type Taken<State> = {
  state: State;
  /** How many more requests would be taken now. */
  remaining: number;
  /** Whole seconds until another try makes sense; undefined when the request was taken. */
  retryAfterSeconds?: number;
};

/** Takes a token out of a bucket, which refills evenly; a bucket never used before is full. */
export function takeToken(
  { capacity, refillPerSecond }: Bucket,
  level: BucketLevel | undefined,
  now: number,
): Taken<BucketLevel> {
  const refilled = level
    ? Math.min(capacity, level.tokens + ((now - level.at) / 1000) * refillPerSecond)
    : capacity;
  if (refilled < 1) {
    const retryAfterSeconds = Math.max(1, Math.ceil((1 - refilled) / refillPerSecond));
    return { state: { tokens: refilled, at: now }, remaining: 0, retryAfterSeconds };
  }
  return { state: { tokens: refilled - 1, at: now }, remaining: Math.floor(refilled - 1) };
}
