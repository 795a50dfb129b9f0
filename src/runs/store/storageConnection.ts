import { type AccountCredential, readConnectionString } from './connectionString.ts';
import { readServiceUri } from './serviceUri.ts';

/** Where the tables and queues of the app's storage account are, and how the app shows who it is. */
export type StorageConnection = {
  /** Such as `https://account.table.core.windows.net`, without a slash at the end; `http:` on loopback alone. */
  tableUrl: string;
  queueUrl: string;
  credential: StorageCredential;
};

export type StorageCredential =
  | AccountCredential
  /** A managed identity: the user-assigned one of this client id, or the system-assigned one. */
  | { kind: 'identity'; clientId: string | undefined };

export type StorageFault = { target: string; message: string };

const root = 'AzureWebJobsStorage';
const member = (name: string) => `${root}__${name}`;

/**
 * The storage account that the Functions host uses, by the same settings: a connection string, or an account name or service
 * URIs for a managed identity. The connection string wins, as it does with the host [U].
 *
 * https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
 * @param setting looks an app setting up; an empty one counts as none.
 * @returns the connection, or every fault; no fault shows a value, which may be a secret.
 */
export function readStorageConnection(setting: (name: string) => string | undefined): {
  connection?: StorageConnection;
  faults: StorageFault[];
} {
  const faults: StorageFault[] = [];
  const fault = (target: string, message: string) => {
    faults.push({ target, message });
  };
  const connectionString = setting(root);
  const connection =
    connectionString !== undefined && connectionString !== ''
      ? readConnectionString(connectionString, (message) => fault(root, message))
      : readIdentity((name) => setting(member(name)) || undefined, fault);
  return connection === undefined || faults.length > 0 ? { faults } : { connection, faults };
}

function readIdentity(
  setting: (name: string) => string | undefined,
  fault: (target: string, message: string) => void,
): StorageConnection | undefined {
  const accountName = setting('accountName');
  if (accountName === undefined && !setting('tableServiceUri') && !setting('queueServiceUri')) {
    fault(
      root,
      'It is missing. Set the connection string of a storage account, UseDevelopmentStorage=true for Azurite on this machine, ' +
        `or for a managed identity ${member('accountName')}, or both ${member('tableServiceUri')} and ${member('queueServiceUri')}.`,
    );
    return undefined;
  }
  if (accountName !== undefined && !/^[a-z0-9]{3,24}$/.test(accountName)) {
    fault(member('accountName'), 'It is no storage account name, which is 3 to 24 of a-z and 0-9.');
  }
  const credential = setting('credential');
  if (credential !== undefined && credential.toLowerCase() !== 'managedidentity') {
    fault(
      member('credential'),
      "It is not 'managedidentity', which is all that the app can use; it may be left out.",
    );
  }
  const clientId = setting('clientId');
  if (clientId !== undefined && !/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(clientId)) {
    fault(member('clientId'), 'It is not the client id (a GUID) of a user-assigned identity.');
  }
  const urlOf = (service: 'table' | 'queue'): string => {
    const uri = setting(`${service}ServiceUri`);
    if (uri !== undefined) {
      return readServiceUri(uri, (message) => fault(member(`${service}ServiceUri`), message));
    }
    if (accountName === undefined) {
      fault(
        member(`${service}ServiceUri`),
        `It is missing: the app needs both tables and queues. Set it, or ${member('accountName')} instead.`,
      );
    }
    return `https://${accountName}.${service}.core.windows.net`;
  };
  return {
    tableUrl: urlOf('table'),
    queueUrl: urlOf('queue'),
    credential: { kind: 'identity', clientId },
  };
}
