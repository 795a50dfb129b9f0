import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `look` finds something, and answers that.
 *
 * For what only the outside world can bring about, such as a child process that ends; looks again every few
 * milliseconds, and gives up after ten seconds.
 */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited in vain for: ${look}`);
    }
    await pause(5);
  }
}
