import { setTimeout as pause } from 'node:timers/promises';

/** `until` for what takes longer than that waits: answers what `look` finds, and gives up after so many seconds. */
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
