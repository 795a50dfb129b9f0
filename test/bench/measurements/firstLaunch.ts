import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../local/children.ts';
import { bareEnvironment } from '../../bareEnvironment.ts';
import { bundleApp, bundleScript } from '../coldStart/bundle.ts';
import { interleave, milliseconds } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { startAzure } from '../rig/azure.ts';
import { groupsOf } from '../rig/groups.ts';
import { appDirectory, launchAt } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

/** From the start of a process until its first launch is answered, in a fresh process each time. */
export const firstLaunch: Measurement = {
  name: 'cold',
  async measure({ scope, isSmoke, say }) {
    const rounds = isSmoke ? 1 : 15;
    const warmUps = 1;
    const estate = { subscriptions: 1, resourceGroups: 1, groups: 2 * (rounds + warmUps) };
    const azure = await startAzure(scope, { estate });
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    scope.defer(() => rm(folder, { recursive: true }));
    const minimal = await bundleApp(folder, 'minimalFunction');
    const host = await bundleScript(join(import.meta.dirname, '../rig/httpHostProcess.ts'), folder, 'host');
    const groups = groupsOf(estate);
    const start = async (directory: string, settings: Record<string, string>) => {
      const group = groups.pop();
      const process = { stop: async () => {} };
      const took = await milliseconds(async () => {
        const { ready, stop } = await startChild<{ url: string }>({
          script: host,
          args: [directory],
          env: bareEnvironment(settings),
        });
        process.stop = async () => void (await stop());
        await (group && launchAt(ready.url, group));
      });
      await process.stop();
      return took;
    };
    const turns = [
      () => start(appDirectory, azure.settings),
      () => start(minimal, { BARE_TARGET: JSON.stringify(azure.bare) }),
    ];
    await interleave(warmUps, turns);
    const [ours = [], theirs = []] = await interleave(rounds, turns, (round) =>
      say(`round ${round + 1} of ${rounds}`),
    );
    return [
      {
        what: 'Process start to first launch answered, against a minimal function',
        value: median(ours) / median(theirs),
        unit: '×',
        goal: { atMost: 1.5 },
        how: `median of ${rounds} fresh processes: ${median(ours).toFixed(0)} ms against ${median(theirs).toFixed(0)} ms`,
      },
    ];
  },
};
