import { interleave, milliseconds } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { startAzure } from '../rig/azure.ts';
import { groupsOf } from '../rig/groups.ts';
import { startApp, startSeed } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

const latencyMs = 50;
const warmUps = 5;

/** How long a caller waits while a group takes its 20 seconds, all of which go by: here, and the seed's way. */
export const provisioning: Measurement = {
  name: 'provisioning',
  async measure({ scope, isSmoke, say }) {
    const pairs = isSmoke ? 1 : 3;
    const provisioningMs = isSmoke ? 100 : 20_000;
    const estate = { subscriptions: 1, resourceGroups: 1, groups: warmUps + 2 * pairs };
    const azure = await startAzure(scope, { estate, latencyMs, provisioningMs });
    const [app, seed] = await Promise.all([startApp(scope, azure), startSeed(scope, azure)]);
    const groups = groupsOf(estate);
    for (const group of groups.splice(0, warmUps)) {
      await app.launch(group);
    }
    say(`${pairs} pairs at once, for ${provisioningMs / 1000} s and more`);
    // The seed's wait hardly costs the machine anything, so that its turns can overlap.
    const slow = groups.splice(0, pairs);
    const [theirs, [ours = []]] = await Promise.all([
      Promise.all(slow.map((group) => milliseconds(() => seed.launch(group)))),
      interleave(pairs, [(round) => milliseconds(async () => groups[round] && app.launch(groups[round]))]),
    ]);
    const [here, there] = [median(ours), median(theirs)];
    return [
      {
        what: `Answer at ${provisioningMs / 1000} s of provisioning, against the seed's way`,
        value: there / here,
        unit: '× sooner',
        goal: { atLeast: 20 },
        how: `median of ${pairs}: ${here.toFixed(0)} ms against ${(there / 1000).toFixed(1)} s`,
      },
    ];
  },
};
