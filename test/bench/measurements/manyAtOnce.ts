import { interleave, milliseconds } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { startAzure } from '../rig/azure.ts';
import { type GroupName, groupsOf } from '../rig/groups.ts';
import { launchedBefore } from '../rig/launchedBefore.ts';
import { type Launcher, startApp, startBare } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

const latencyMs = 50;

/** 200 calls that come at the same moment, each for another group: how long until the last is answered. */
export const manyAtOnce: Measurement = {
  name: 'burst',
  async measure({ scope, isSmoke, say }) {
    const launches = isSmoke ? 5 : 200;
    const rounds = isSmoke ? 1 : 3;
    const warmUps = 1;
    const estate = { subscriptions: 20, resourceGroups: 1, groups: (rounds + warmUps + 1) * launches };
    const azure = await startAzure(scope, { estate, latencyMs });
    await launchedBefore(azure, groupsOf(estate));
    const [app, bare] = await Promise.all([startApp(scope, azure), startBare(scope, azure)]);
    const groups = groupsOf(estate);
    const again = groups.splice(0, launches); // the proxy does not mind whether a group has a run
    const burst = ({ launch }: Launcher, its: GroupName[]) =>
      milliseconds(() => Promise.all(its.map(launch)));
    const turns = [() => burst(app, groups.splice(0, launches)), () => burst(bare, again)];
    await interleave(warmUps, turns);
    const [ours = [], theirs = []] = await interleave(rounds, turns, (round) =>
      say(`round ${round + 1} of ${rounds}`),
    );
    return [
      {
        what: `${launches} launches at once, against a bare proxy`,
        value: median(ours) / median(theirs),
        unit: '×',
        goal: { atMost: 3 },
        how: `median of ${rounds}: the last answer after ${median(ours).toFixed(0)} ms against ${median(theirs).toFixed(0)} ms`,
      },
    ];
  },
};
