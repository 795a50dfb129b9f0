/** Milliseconds; QueuePollingIntervals.Minimum of the host. */
export const shortestDelay = 100;

/**
 * How long to wait before the next look at a queue: short at first, twice as long each time, as the host's
 * RandomizedExponentialBackoffStrategy.cs has it.
 * @param emptyLooks how many looks in a row have found nothing, the last one included.
 * @param longest the limit, in milliseconds.
 * @param random from 0 to 1; it keeps hosts from looking in step.
 * @returns milliseconds.
 */
export function pollingDelay(emptyLooks: number, longest: number, random: number): number {
  if (emptyLooks <= 1) {
    return shortestDelay;
  }
  const more = (0.8 + 0.4 * random) * 2 ** (emptyLooks - 2) * shortestDelay;
  return Math.min(shortestDelay + more, longest);
}
