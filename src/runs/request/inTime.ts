/** How long to wait, in milliseconds; rejects as soon as nobody waits any more. */
export type Wait = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

/**
 * What the work comes to, or undefined when the time is over first; the work goes on all the same. Nothing is left of the timer: under
 * many requests those of the last seconds would be thousands.
 */
export async function inTime<Value>(
  wait: Wait,
  milliseconds: number,
  work: Promise<Value>,
): Promise<Value | undefined> {
  const done = new AbortController();
  try {
    return await Promise.race([work, wait(milliseconds, done.signal).then(() => undefined)]);
  } finally {
    done.abort();
  }
}
