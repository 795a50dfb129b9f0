import { expect, test } from 'vitest';
import { breaches, type laws } from './laws.ts';
import { plantedBugs } from './plantedBugs.ts';
import { simulate } from './simulate.ts';
import type { Variant } from './variants.ts';

/** The law that each mistake breaks. */
const caughtBy: Record<string, keyof typeof laws | `whileItRan: ${string}`> = {
  'claim skipped': 'noneIsLaunchedTwice',
  'watch after the transaction': 'everyRunEnds',
  'generation ignored': 'looksDoNotMultiply',
  'PUT retried by the pipeline': 'noneIsLaunchedTwice',
  'mark without attempt': 'runsEndAsTheirContainersDid',
  '`before` not restored': 'noOverrideReachesAnother',
  'head freed after the callback': 'callbacksComeAfterTheGroupIsFree',
  'clock read once': 'whileItRan: claim',
  'dates ignored': 'runsEndAsTheirContainersDid',
  'head not woken': 'theNextRunStartsSoon',
  'superseded run not told': 'whoeverIsToEndIsToldPromptly',
  'logs never stored': 'logsAreKept',
  'parallelism ignored': 'whileItRan: parallelism',
  'key fingerprint not compared': 'aReusedKeyIsRefused',
  'told before it is stored': 'eventsTellWhatHappened',
  'swept too early': 'whileItRan: sweep',
};
/** Where a mistake shows only, or soonest, in another world than the plain one. */
const variantFor: Record<string, Variant> = {
  'dates ignored': 'clocks',
  'head not woken': 'calm',
  'superseded run not told': 'calm',
};
/** Where few seeds meet what a mistake is about: the one to begin with. It comes round to all others, should the product have changed. */
const firstSeedFor: Record<string, number> = {
  'dates ignored': 185,
  'mark without attempt': 31,
  'superseded run not told': 102,
};
const mostSeeds = 600;

test.each(Object.entries(plantedBugs))(
  '%s: the simulation finds it',
  { timeout: 120_000 },
  async (name, bug) => {
    const law = caughtBy[name];
    for (let turn = 0; turn < mostSeeds; turn += 1) {
      const seed = ((firstSeedFor[name] ?? 0) + turn) % mostSeeds;
      const found = breaches(await simulate(seed, new Map(), bug, variantFor[name] ?? 'plain'));
      if (found.some((breach) => breach.startsWith(`${law}: `))) {
        return;
      }
    }
    expect.fail(`${law} was kept in ${mostSeeds} simulations with this bug`);
  },
);
