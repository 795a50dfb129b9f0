/**
 * Takes turns: one of each, then again, so that whatever else this machine does befalls all alike.
 * @returns the results of each, in the order in which they were given.
 */
export async function interleave<Result>(
  rounds: number,
  each: readonly ((round: number) => Promise<Result>)[],
  onRound: (round: number) => void = () => {},
): Promise<Result[][]> {
  const results: Result[][] = each.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    onRound(round);
    for (const [index, turn] of each.entries()) {
      results[index]?.push(await turn(round));
    }
  }
  return results;
}

/** How long something takes, in milliseconds. */
export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
