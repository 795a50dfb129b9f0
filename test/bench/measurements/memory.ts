import { join } from 'node:path';
import { connectionString } from '../../../local/azurite.ts';
import { startChild } from '../../../local/children.ts';
import { bareEnvironment } from '../../bareEnvironment.ts';
import type { Measurement } from '../measurement.ts';
import { slope } from '../statistics.ts';

/** What is filled once (compiled code, connections, tables of strings) is filled after so much of all launches. */
const warmUpShare = 0.2;

/** How much of each launch stays on the heap of the process that made it. */
export const memory: Measurement = {
  name: 'memory',
  async measure({ scope, isSmoke, say }) {
    const [launches, points] = isSmoke ? [30, 3] : [10_000, 20];
    const azure = await startChild<{ url: string }>({
      script: join(import.meta.dirname, '../memory/instantAzure.ts'),
      env: bareEnvironment(),
    });
    scope.defer(async () => void (await azure.stop()));
    const { url } = azure.ready;
    const storage = { Blob: url, Queue: url, Table: url };
    const app = await startChild<{ x: number; y: number }[]>({
      script: join(import.meta.dirname, '../memory/heapOverLaunches.ts'),
      args: [String(launches), String(points)],
      env: bareEnvironment({
        ARM_ENDPOINT: url,
        IDENTITY_ENDPOINT: `${url}/msi/token`,
        IDENTITY_HEADER: 'any',
        AzureWebJobsStorage: connectionString(storage, { name: 'bench', key: 'a2V5' }),
      }),
      onLine: say,
      readyWithinMilliseconds: 300_000,
    });
    scope.defer(async () => void (await app.stop()));
    const settled = app.ready.filter(({ x }) => x > launches * warmUpShare);
    const megabytes = (at: number) => ((settled.at(at)?.y ?? 0) / 2 ** 20).toFixed(1);
    return [
      {
        what: `Heap that a launch leaves behind, over ${launches} launches`,
        value: Math.max(slope(settled), 0),
        unit: ' bytes',
        goal: { atMost: 100 },
        how: `slope of ${settled.length} points after a collection, from ${settled[0]?.x} launches on: ${megabytes(0)} MiB there, ${megabytes(-1)} MiB at the end`,
      },
    ];
  },
};
