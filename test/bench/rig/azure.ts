import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  generateAccountSASQueryParameters,
  QueueServiceClient,
  StorageSharedKeyCredential,
} from '@azure/storage-queue';
import { connectionString, type StorageAccount, startAzurite } from '../../../local/azurite.ts';
import { startChild } from '../../../local/children.ts';
import { queueNames } from '../../../src/functions/queues/queueFunction.ts';
import type { ArmAddresses, ArmOptions } from './arm.ts';
import type { BareTarget } from './bareLaunch.ts';

/** What a launcher needs of Azure: in the words of the app's settings, and for bare calls. */
export type Azure = { settings: Record<string, string>; bare: BareTarget };

const account: StorageAccount = { name: 'bench', key: Buffer.from('the key of a bench').toString('base64') };

/** Azurite, and the ACI emulator in a process of its own. */
export async function startAzure(scope: AsyncDisposableStack, options: ArmOptions): Promise<Azure> {
  const arm = await startChild<ArmAddresses>({
    script: join(import.meta.dirname, 'armProcess.ts'),
    args: [JSON.stringify(options)],
  });
  scope.defer(async () => void (await arm.stop()));
  return besideStorage(scope, arm.ready);
}

/** Azurite beside an emulator that is there. */
export async function besideStorage(scope: AsyncDisposableStack, arm: ArmAddresses): Promise<Azure> {
  const azurite = await startAzurite([account]);
  scope.defer(() => azurite.close());
  const storage = connectionString(azurite.addresses, account);
  // What is there from an app's first day on is not to be measured.
  await TableClient.fromConnectionString(storage, 'runs', { allowInsecureConnection: true }).createTable();
  await QueueServiceClient.fromConnectionString(storage).getQueueClient(queueNames.watch).create();
  const { Table, Queue } = azurite.addresses;
  const endpoints = { table: `${Table}/${account.name}`, queue: `${Queue}/${account.name}` };
  const sas = sharedAccessSignature();
  return {
    settings: {
      ARM_ENDPOINT: arm.armEndpoint,
      IDENTITY_ENDPOINT: arm.identityEndpoint,
      IDENTITY_HEADER: arm.identityHeader,
      // The same for both, and no dearer to show than the token that the app has on Azure; a key is used up in signatures.
      AzureWebJobsStorage: `TableEndpoint=${endpoints.table};QueueEndpoint=${endpoints.queue};SharedAccessSignature=${sas}`,
      LAUNCHER_SECRET: 'a-launcher-secret-of-the-bench-0123456789',
    },
    bare: {
      ...arm,
      tableUrl: `${endpoints.table}/runs`,
      queueUrl: `${endpoints.queue}/${queueNames.watch}`,
      sas,
    },
  };
}

function sharedAccessSignature(): string {
  return generateAccountSASQueryParameters(
    {
      expiresOn: new Date(Date.now() + 24 * 3_600_000),
      permissions: AccountSASPermissions.parse('rwdlacup'),
      resourceTypes: AccountSASResourceTypes.parse('sco').toString(),
      services: AccountSASServices.parse('qt').toString(),
    },
    new StorageSharedKeyCredential(account.name, account.key),
  ).toString();
}
