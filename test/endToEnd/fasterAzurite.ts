import { join } from 'node:path';
import { type AzuriteAddresses, connectionString } from '../../local/azurite.ts';
import { startChild } from '../../local/children.ts';
import { livingAt, type Pace } from './fasterClock.ts';

/** Azurite for a test alone, whose messages rest and whose answers are dated by a time of another pace. @param key of its account, base64. */
export async function startFasterAzurite(
  pace: Pace,
  key = 'a2V5',
): Promise<{ connectionString: string; close: () => Promise<unknown> }> {
  const account = { name: 'faster', key };
  const { ready, stop } = await startChild<AzuriteAddresses>({
    script: join(import.meta.dirname, '../../local/azurite-child.ts'),
    args: [
      ...['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
      ...['--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    ],
    env: { ...process.env, ...livingAt(pace), AZURITE_ACCOUNTS: `${account.name}:${account.key}` },
  });
  return { connectionString: connectionString(ready, account), close: stop };
}
