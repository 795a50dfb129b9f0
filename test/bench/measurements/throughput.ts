import { interleave, milliseconds } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { startAzure } from '../rig/azure.ts';
import { type GroupName, groupsOf } from '../rig/groups.ts';
import { launchedBefore } from '../rig/launchedBefore.ts';
import { type Launcher, startApp, startBare } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

/** Callers that send their next launch as soon as the last is answered. */
const callers = 16;

/** Launches a second where Azure answers as soon as it can, of a process that has made hundreds before: the engine compiles what it runs often while it runs. */
export const throughput: Measurement = {
  name: 'throughput',
  async measure({ scope, isSmoke, say }) {
    const launches = isSmoke ? callers : 120;
    const rounds = isSmoke ? 1 : 7;
    const warmUps = isSmoke ? 0 : 6;
    const estate = { subscriptions: 20, resourceGroups: 1, groups: (rounds + warmUps + 1) * launches };
    const azure = await startAzure(scope, { estate });
    await launchedBefore(azure, groupsOf(estate));
    const [app, bare] = await Promise.all([startApp(scope, azure), startBare(scope, azure)]);
    const groups = groupsOf(estate);
    const again = groups.splice(0, launches); // the proxy does not mind whether a group has a run
    const rate = async ({ launch }: Launcher, of: readonly GroupName[]) => {
      const its = [...of];
      const took = await milliseconds(() =>
        Promise.all(
          Array.from({ length: callers }, async () => {
            for (let group = its.pop(); group !== undefined; group = its.pop()) {
              await launch(group);
            }
          }),
        ),
      );
      return (launches / took) * 1000;
    };
    const turns = [() => rate(app, groups.splice(0, launches)), () => rate(bare, again)];
    await interleave(warmUps, turns);
    const [ours = [], theirs = []] = await interleave(rounds, turns, (round) =>
      say(`round ${round + 1} of ${rounds}`),
    );
    return [
      {
        what: 'Launches a second, against a bare proxy',
        value: median(ours) / median(theirs),
        unit: '×',
        goal: { atLeast: 0.5 },
        how: `median of ${rounds}, ${launches} launches each by ${callers} callers: ${median(ours).toFixed(0)} against ${median(theirs).toFixed(0)} a second`,
      },
    ];
  },
};
