import { expect, test } from 'vitest';
import { breaches, type laws } from './laws.ts';
import { plantedBugs } from './plantedBugs.ts';
import { simulate } from './simulate.ts';

/** The law that each mistake breaks. */
const caughtBy: Record<string, keyof typeof laws> = {
  'claim skipped': 'noneIsLaunchedTwice',
  'watch after the transaction': 'everyRunEnds',
  'generation ignored': 'looksDoNotMultiply',
  'PUT retried by the pipeline': 'noneIsLaunchedTwice',
  'mark without attempt': 'runsEndAsTheirContainersDid',
  '`before` not restored': 'noOverrideReachesAnother',
  'head freed after the callback': 'callbacksComeAfterTheGroupIsFree',
};
const mostSeeds = 200;

test.each(Object.entries(plantedBugs))(
  '%s: the simulation finds it',
  { timeout: 120_000 },
  async (name, bug) => {
    const law = caughtBy[name];
    for (let seed = 0; seed < mostSeeds; seed += 1) {
      const found = breaches(await simulate(seed, new Map(), bug));
      if (found.some((breach) => breach.startsWith(`${law}: `))) {
        return;
      }
    }
    expect.fail(`${law} was kept in ${mostSeeds} simulations with this bug`);
  },
);
