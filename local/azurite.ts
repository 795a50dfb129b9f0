import { join } from 'node:path';
import { startChild } from './children.ts';

/** Where each service of Azurite listens, such as `http://127.0.0.1:49152`. */
export type AzuriteAddresses = { Blob: string; Queue: string; Table: string };

/** A storage account; the key in base64. */
export type StorageAccount = { name: string; key: string };

export type Azurite = {
  addresses: AzuriteAddresses;
  /** Of its first account, for `AzureWebJobsStorage` and the storage SDKs. */
  connectionString: string;
  close(): Promise<void>;
};

// The account and key that Azurite always has, and that are no secret:
// https://learn.microsoft.com/azure/storage/common/storage-connect-azurite#connect-to-azurite-using-http
const defaultAccount: StorageAccount = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/**
 * Azure Storage on this machine: Azurite in memory, on free ports of 127.0.0.1, in a process that ends with this one.
 * @param accounts what it has instead of its usual account; none sees anything of another. They travel in one variable
 *   of the environment, which Linux limits to 128 KB and Windows to 32: many accounts want short names and keys.
 */
export async function startAzurite(accounts: StorageAccount[] = []): Promise<Azurite> {
  const { ready, stop } = await startChild<AzuriteAddresses>({
    script: join(import.meta.dirname, 'azurite-child.ts'),
    args: [
      ...['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
      '--inMemoryPersistence',
      '--silent',
      '--disableTelemetry',
      // The storage SDKs speak newer versions of the protocol than Azurite knows by name.
      '--skipApiVersionCheck',
    ],
    // https://github.com/Azure/Azurite#customized-storage-accounts--keys
    env: { ...process.env, AZURITE_ACCOUNTS: accounts.map(({ name, key }) => `${name}:${key}`).join(';') },
  });
  return {
    addresses: ready,
    connectionString: connectionString(ready, accounts[0] ?? defaultAccount),
    async close() {
      await stop();
    },
  };
}

/** How a client finds that account of an Azurite. */
export function connectionString(addresses: AzuriteAddresses, { name, key }: StorageAccount): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${name}`,
    `AccountKey=${key}`,
    `BlobEndpoint=${addresses.Blob}/${name}`,
    `QueueEndpoint=${addresses.Queue}/${name}`,
    `TableEndpoint=${addresses.Table}/${name}`,
    '',
  ].join(';');
}
