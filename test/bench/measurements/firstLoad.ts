import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../../local/children.ts';
import { bareEnvironment } from '../../bareEnvironment.ts';
import { bundleApp, bundleScript } from '../coldStart/bundle.ts';
import { interleave } from '../interleave.ts';
import type { Measurement } from '../measurement.ts';
import { appDirectory } from '../rig/launchers.ts';
import { median } from '../statistics.ts';

const settings = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

/** How long the worker takes to load the app's entry point, in a fresh process each time. */
export const firstLoad: Measurement = {
  name: 'load',
  async measure({ scope, isSmoke, say }) {
    const rounds = isSmoke ? 1 : 21;
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    scope.defer(() => rm(folder, { recursive: true }));
    const hello = await bundleApp(folder, 'helloFunction');
    const loadOnce = join(import.meta.dirname, '../coldStart/loadOnce.ts');
    const loader = await bundleScript(loadOnce, folder, 'loadOnce');
    const load = async (entryPoint: string) => {
      const { ready, exited } = await startChild<number>({
        script: loader,
        args: [entryPoint],
        env: bareEnvironment(settings),
      });
      await exited;
      return ready;
    };
    const [ours = [], theirs = []] = await interleave(
      rounds,
      [() => load(join(appDirectory, 'dist/main.cjs')), () => load(join(hello, 'main.cjs'))],
      (round) => round % 7 === 0 && say(`round ${round + 1} of ${rounds}`),
    );
    return [
      {
        what: 'First load, until all functions are registered, against a hello-world function',
        value: median(ours) / median(theirs),
        unit: '×',
        goal: { atMost: 1.5 },
        how: `median of ${rounds} fresh processes: ${median(ours).toFixed(1)} ms against ${median(theirs).toFixed(1)} ms`,
      },
    ];
  },
};
