import { seededRandom } from './random.ts';

/** What is different about the world of a seed, besides the faults that it meets. */
export const variants = {
  plain: 'nothing',
  outage: 'every call of one kind fails for some minutes',
  policies: 'groups under OnFailure or Always, some with a sidecar that never ends',
  clocks: 'the clock of each machine is wrong by up to three minutes',
  limits: 'very short limits for the start and for the whole run',
  settings: 'LAUNCHER_SECRET, or a job, is taken away while runs wait',
  retention: 'runs are kept for ten minutes',
  crashes: 'all processes die at once, now and then',
  large: 'some runs set so many variables that they hardly fit a row',
  outsider: 'somebody else writes, stops and deletes the groups',
  calm: 'no faults at all',
} as const;
export type Variant = keyof typeof variants;

export const variantNames = Object.keys(variants) as Variant[];
const often: Variant[] = ['plain', 'plain', 'policies', 'outage'];

/** The variant that a seed is about. `SIM_VARIANT=clocks` makes it that one for every seed. */
export function variantOf(seed: number): Variant {
  const chosen = variantNames.find((name) => name === process.env['SIM_VARIANT']);
  return chosen ?? seededRandom(seed + 1_000_003).pick([...variantNames, ...often]);
}
