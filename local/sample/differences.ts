export type Difference = { path: string; before: unknown; after: unknown };

/** What ARM works out by itself, and a run is bound to change. */
const workedOut = new Set(['instanceView', 'provisioningState']);

/**
 * Compares two answers for a container group, value by value. Items of an array are told apart by their names.
 * @returns the values that differ, and the number of those that do not.
 */
export function differences(before: unknown, after: unknown): { changed: Difference[]; same: number } {
  const was = leavesOf(before, '');
  const is = leavesOf(after, '');
  const paths = new Set([...was.keys(), ...is.keys()]);
  const changed = [...paths]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, before: was.get(path), after: is.get(path) }));
  return { changed, same: paths.size - changed.length };
}

function leavesOf(value: unknown, path: string): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return new Map([[path, value]]);
  }
  const leaves = new Map<string, unknown>();
  for (const [member, child] of Object.entries(value)) {
    if (!workedOut.has(member)) {
      const step = Array.isArray(value)
        ? `['${(child as { name?: string }).name ?? member}']`
        : `${path && '.'}${member}`;
      for (const [leaf, found] of leavesOf(child, `${path}${step}`)) {
        if (!leaf.endsWith("'].name")) {
          leaves.set(leaf, found);
        }
      }
    }
  }
  return leaves;
}
