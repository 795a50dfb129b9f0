import { join } from 'node:path';
import { startChild } from './children.ts';

/** Where each service of Azurite listens, such as `http://127.0.0.1:49152`. */
export type AzuriteAddresses = { Blob: string; Queue: string; Table: string };

export type Azurite = {
  /** For `AzureWebJobsStorage` and the storage SDKs. */
  connectionString: string;
  close(): Promise<void>;
};

// The account and key that Azurite always has, and that are no secret:
// https://learn.microsoft.com/azure/storage/common/storage-connect-azurite#connect-to-azurite-using-http
const accountName = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Azure Storage on this machine: Azurite in memory, on free ports of 127.0.0.1, in a process that ends with this one. */
export async function startAzurite(): Promise<Azurite> {
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
  });
  return {
    connectionString: connectionString(ready),
    async close() {
      await stop();
    },
  };
}

function connectionString(addresses: AzuriteAddresses): string {
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${accountName}`,
    `AccountKey=${accountKey}`,
    `BlobEndpoint=${addresses.Blob}/${accountName}`,
    `QueueEndpoint=${addresses.Queue}/${accountName}`,
    `TableEndpoint=${addresses.Table}/${accountName}`,
    '',
  ].join(';');
}
