/**
 * Lets functions of the same key run one after another, in the order in which they came. It spares this process the conflicts that it
 * would have with itself; other processes it does not keep away.
 */
export function createKeyedLock(): <Value>(key: string, work: () => Promise<Value>) => Promise<Value> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = (async () => {
      await before?.catch(() => undefined);
      return work();
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) {
        last.delete(key);
      }
    }
  };
}
