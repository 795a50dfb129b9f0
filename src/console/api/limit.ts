/**
 * Lets so many things go on at a time, and the rest wait in line.
 * @returns a function that does a thing in its turn, or rejects once its signal says that nobody wants it any more.
 */
export function createLimit(most: number): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  let underWay = 0;
  const waiting: (() => void)[] = [];
  return async (work, signal) => {
    while (underWay >= most) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    underWay += 1;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      underWay -= 1;
      waiting.shift()?.();
    }
  };
}
