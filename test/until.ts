import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `look` finds something, and answers that.
 *
 * For what only the outside world can bring about, such as a child process that ends; looks again every few
 * milliseconds, and gives up after ten seconds.
 */
export function until<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  return patiently(10, look, 5);
}

/** Waits until `look` finds something, and answers that; gives up after so many seconds. */
export async function patiently<T>(
  seconds: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  everyMs = 25,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${seconds} s in vain for: ${look}`);
    }
    await pause(everyMs);
  }
}
