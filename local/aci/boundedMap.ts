/** A map that forgets what was set longest ago once it is full. */
export type BoundedMap<Key, Value> = {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): void;
};

export function createBoundedMap<Key, Value>(most: number): BoundedMap<Key, Value> {
  const values = new Map<Key, Value>();
  return {
    get: (key) => values.get(key),
    set(key, value) {
      values.delete(key);
      values.set(key, value);
      if (values.size > most) {
        for (const oldest of values.keys()) {
          values.delete(oldest);
          break;
        }
      }
    },
  };
}
