/** All in milliseconds. */
export const intervals = {
  /** Between two looks at a launch whose answer is not known, or at a stop. */
  settling: 5_000,
  /** A run that waits for another is told when it is its turn; this is for when nobody did. */
  queued: 300_000,
  /** How long a group must show no mark of ours before the launch counts as lost. */
  quiet: 120_000,
  /** How far apart two looks must be that find a group missing, or carrying another mark. */
  certainty: 30_000,
  /** Between two looks at a group that the app may not see. */
  denied: 60_000,
  /** For how long an end may be put off by logs that cannot be had and stops that do not work. */
  ending: 900_000,
  /** How long a stop is waited for before it is asked for again. */
  stop: 30_000,
  /** From deciding on a launch until its PUT is sent or left be. */
  prepare: 15_000,
  /** The deadline of one call to ARM. */
  armCall: 30_000,
} as const;

const shortest = 5_000;
const longest = 60_000;

/** When to look again at a run that has been running for so long: about 70 looks in its first hour. */
export function watchInterval(age: number): number {
  return Math.min(Math.max(age / 4, shortest), longest);
}

/** How long to wait before a failed launch is made again. */
export function retryDelay(failures: number): number {
  return Math.min(10_000 * 2 ** (failures - 1), 300_000);
}
