import pMap from 'p-map';
import { createAzureRows } from '../../../src/runs/store/azureRows.ts';
import { headKey, partitionOf } from '../../../src/runs/store/keys.ts';
import { readStorageConnection } from '../../../src/runs/store/storageConnection.ts';
import type { Azure } from './azure.ts';
import type { GroupName } from './groups.ts';

/**
 * Stores what an earlier run of these groups would have left: a launch reads more of a group that had one, and most have.
 * @throws when the settings name no storage.
 */
export async function launchedBefore({ settings }: Azure, groups: readonly GroupName[]): Promise<void> {
  const { connection } = readStorageConnection((name) => settings[name]);
  if (connection === undefined) {
    throw new Error('The bench has no storage.');
  }
  const rows = createAzureRows({ connection, deadlineMs: 10_000 });
  const applied = {
    containers: [
      {
        name: 'main',
        environmentVariables: [
          {
            name: 'MODE',
            before: [{ index: 1, variable: { name: 'MODE', value: 'full' } }],
            applied: 'a-fingerprint',
          },
        ],
      },
    ],
    tags: [],
  };
  const launches = [{ runId: '019a0000-0000-7000-8000-000000000000', attempt: 1, applied }];
  await pMap(
    groups,
    (group) =>
      rows.commit(partitionOf(group), [{ action: 'create', key: headKey, value: { queue: [], launches } }]),
    { concurrency: 8 },
  );
}
