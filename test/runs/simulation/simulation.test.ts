import { expect, test } from 'vitest';
import { type Coverage, pairName, pairs } from './faults.ts';
import { breaches } from './laws.ts';
import { simulate } from './simulate.ts';
import { allRuns } from './simulation.ts';
import { variantNames, variants } from './variants.ts';

/** `SIM_SEED=1234 npx vitest run test/runs/simulation` replays one seed; `SIM_SEEDS=5000` goes through more of them;
 * `SIM_VARIANT=clocks` makes all of them of one variant. */
const onlySeed = process.env['SIM_SEED'];
const seeds =
  onlySeed === undefined
    ? Array.from({ length: Number(process.env['SIM_SEEDS'] ?? 500) }, (_, seed) => seed)
    : [Number(onlySeed)];
const leastPerPair = 20;

test('runs keep every law, whatever goes wrong with whatever they do', { timeout: 300_000 }, async () => {
  const coverage: Coverage = new Map();
  const ends = new Map<string, number>();
  const simulated = new Map<string, number>();
  const broken: string[] = [];
  for (const seed of seeds) {
    const simulation = await simulate(seed, coverage);
    const { variant } = simulation;
    simulated.set(variant, (simulated.get(variant) ?? 0) + 1);
    broken.push(...breaches(simulation).map((breach) => `SIM_SEED=${seed} (${variant}): ${breach}`));
    for (const { mode, end } of allRuns(simulation)) {
      const kind = `${mode} ${end?.reason}`;
      ends.set(kind, (ends.get(kind) ?? 0) + 1);
    }
  }

  const met = pairs.map(
    ({ effect, fault }) => [pairName(effect, fault), coverage.get(pairName(effect, fault)) ?? 0] as const,
  );
  console.log(
    [
      `${seeds.length} simulations. How often each effect met each fault:`,
      ...met.map(([name, count]) => `  ${name.padEnd(40)}${count}`),
      'How many of each variant:',
      ...variantNames.map(
        (name) => `  ${name.padEnd(12)}${String(simulated.get(name) ?? 0).padEnd(6)}${variants[name]}`,
      ),
      'How the runs ended:',
      ...[...ends].sort().map(([kind, count]) => `  ${kind.padEnd(40)}${count}`),
    ].join('\n'),
  );
  expect(broken).toEqual([]);
  if (onlySeed === undefined && process.env['SIM_VARIANT'] === undefined) {
    expect(variantNames.filter((name) => (simulated.get(name) ?? 0) < leastPerPair)).toEqual([]);
    expect(met.filter(([, count]) => count < leastPerPair)).toEqual([]);
    expect([...ends.keys()]).toEqual(
      expect.arrayContaining(
        [
          'Completed',
          'NonZeroExit',
          'TimedOut',
          'NeverStarted',
          'CanceledByCaller',
          'Superseded',
          'LaunchRejected',
          'GroupChanged',
          'GroupDeleted',
        ].map((reason) => `recreate ${reason}`),
      ),
    );
  }
});

test('a seed gives the same simulation again', async () => {
  const [one, other] = [await simulate(7, new Map()), await simulate(7, new Map())];

  expect(allRuns(other)).toEqual(allRuns(one));
  expect(other.events).toBe(one.events);
});
