import { interleave, milliseconds } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { startAzure } from '../rig/azure.ts';
import { createBareLaunch } from '../rig/bareLaunch.ts';
import { groupsOf } from '../rig/groups.ts';
import { launchedBefore } from '../rig/launchedBefore.ts';
import { startApp } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

/** Of each call to ARM. The real one takes longer, so that less is seen of what the app adds. */
const latencyMs = 50;
const warmUps = 20;

/** How long one launch keeps its caller waiting, against the sum of the four calls that it must wait for. */
export const oneLaunch: Measurement = {
  name: 'launch',
  async measure({ scope, isSmoke, say }) {
    const rounds = isSmoke ? 1 : 41;
    const estate = { subscriptions: 1, resourceGroups: 1, groups: 2 * (warmUps + rounds) };
    const azure = await startAzure(scope, { estate, latencyMs });
    await launchedBefore(azure, groupsOf(estate));
    const app = await startApp(scope, azure);
    const bare = createBareLaunch(azure.bare);
    const groups = groupsOf(estate).values();
    const next = () => groups.next().value ?? { subscriptionId: '', resourceGroup: '', name: '' };
    const turns = [
      () => milliseconds(() => app.launch(next())),
      () => milliseconds(() => bare(next(), { MODE: 'quick', DATE: '2026-11-21' })),
    ];
    await interleave(isSmoke ? 1 : warmUps, turns);
    const [ours = [], theirs = []] = await interleave(rounds, turns, (round) => {
      if (round % 10 === 0) {
        say(`round ${round + 1} of ${rounds}`);
      }
    });
    return [
      {
        what: 'Time to answer a launch, against its four calls alone',
        value: median(ours) / median(theirs),
        unit: '×',
        goal: { atMost: 1.15 },
        how: `median of ${rounds}: ${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms, at ${latencyMs} ms an ARM call`,
      },
    ];
  },
};
