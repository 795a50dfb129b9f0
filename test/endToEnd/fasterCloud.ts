import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { systemClock } from '../../local/clock.ts';
import { startFasterAzurite } from './fasterAzurite.ts';
import { fasterTime, livingAt, type Pace } from './fasterClock.ts';
import { atOnce } from './groups.ts';

export type FasterCloud = {
  emulator: Emulator;
  /** Of the storage account. */
  connectionString: string;
  /** What an app needs to be set to live in it. */
  settings: Record<string, string>;
  close: () => Promise<void>;
};

/** Azure for a test alone, where time has another pace for the app, its storage and ARM: their intervals stay in proportion. @param storageKey base64. */
export async function startFasterCloud(speed: number, storageKey?: string): Promise<FasterCloud> {
  const pace: Pace = { since: Date.now(), speed };
  const clock = { now: () => Math.floor(fasterTime(pace, Date.now())), after: systemClock.after };
  const emulator = await startEmulator({ timings: atOnce, limits: noLimits, clock });
  const azurite = await startFasterAzurite(pace, storageKey).catch(async (error) => {
    await emulator.close();
    throw error;
  });
  return {
    emulator,
    connectionString: azurite.connectionString,
    settings: {
      ...livingAt(pace),
      ARM_ENDPOINT: emulator.armEndpoint,
      IDENTITY_ENDPOINT: emulator.identityEndpoint,
      IDENTITY_HEADER: emulator.identityHeader,
      AzureWebJobsStorage: azurite.connectionString,
    },
    async close() {
      await azurite.close();
      await emulator.close();
    },
  };
}
