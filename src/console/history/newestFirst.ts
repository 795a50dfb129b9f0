/** One list of runs, newest first, as far as it was read. */
export type Source<Run> = { unread: boolean; buffer: readonly Run[] };

/**
 * Takes from several lists, each newest first, what is certain to be the newest of all: as long as nothing newer can come of a list
 * that is not read to its end.
 * @returns what was taken, newest first, what is left of each list, and which lists must be read on before more can be taken.
 */
export function takeNewest<Run extends { createdAt: string }>(
  sources: readonly Source<Run>[],
): { taken: Run[]; left: Source<Run>[]; starved: number[] } {
  const rest = sources.map(({ buffer }) => 0 * buffer.length);
  const taken: Run[] = [];
  for (;;) {
    const starved = sources.flatMap(({ unread, buffer }, index) =>
      unread && rest[index] === buffer.length ? [index] : [],
    );
    const newest = starved.length > 0 ? undefined : indexOfNewest(sources, rest);
    const source = newest === undefined ? undefined : sources[newest];
    const run = newest === undefined ? undefined : source?.buffer[rest[newest] ?? 0];
    if (newest === undefined || run === undefined) {
      const left = sources.map(({ unread, buffer }, index) => ({
        unread,
        buffer: buffer.slice(rest[index]),
      }));
      return { taken, left, starved };
    }
    taken.push(run);
    rest[newest] = (rest[newest] ?? 0) + 1;
  }
}

function indexOfNewest(
  sources: readonly Source<{ createdAt: string }>[],
  rest: readonly number[],
): number | undefined {
  const heads = sources
    .map(({ buffer }, index) => ({ index, createdAt: buffer[rest[index] ?? 0]?.createdAt }))
    .filter((head): head is { index: number; createdAt: string } => head.createdAt !== undefined);
  return heads.sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))[0]?.index;
}
