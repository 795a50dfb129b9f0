import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `look` finds something, and answers that.
 *
 * For what only the outside world can bring about, such as a child process that ends; gives up after twenty seconds.
 */
export function until<T>(look: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> {
  return patiently(20, look);
}

/** The first pause between two looks, in milliseconds, and the longest: they grow, as every look of a long wait takes time from what is waited for. */
const pauses = { first: 5, longest: 200, growth: 1.3 };

/** Waits until `look` finds something, and answers that; gives up after so many seconds. */
export async function patiently<T>(
  seconds: number,
  look: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (let pauseMs = pauses.first; ; pauseMs = Math.min(pauseMs * pauses.growth, pauses.longest)) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${seconds} s in vain for: ${look}`);
    }
    await pause(pauseMs);
  }
}

/** Waits until `look` has found something for each, one after another, and answers what; gives up after so many seconds for all of them. */
export function patientlyEach<Item, T>(
  seconds: number,
  items: readonly Item[],
  look: (item: Item, index: number) => Promise<T | undefined | false>,
): Promise<T[]> {
  const found: T[] = [];
  const lookOn = async () => {
    for (const [index, item] of items.entries().drop(found.length)) {
      const each = await look(item, index);
      if (each === undefined || each === false) {
        return false;
      }
      found.push(each);
    }
    return found;
  };
  return patiently(seconds, lookOn).catch((cause) => {
    throw new Error(`Of ${items.length} not found: ${JSON.stringify(items[found.length])}`, { cause });
  });
}
