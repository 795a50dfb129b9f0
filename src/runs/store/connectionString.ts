import { readServiceUri } from './serviceUri.ts';

export type AccountCredential =
  | { kind: 'key'; accountName: string; accountKey: string }
  /** A shared access signature, without its question mark. */
  | { kind: 'sas'; sas: string };

type Account = { tableUrl: string; queueUrl: string; credential: AccountCredential };

/** Azurite's own account and key, which are no secret: https://learn.microsoft.com/azure/storage/common/storage-connect-azurite */
const azurite: Account = {
  tableUrl: 'http://127.0.0.1:10002/devstoreaccount1',
  queueUrl: 'http://127.0.0.1:10001/devstoreaccount1',
  credential: {
    kind: 'key',
    accountName: 'devstoreaccount1',
    accountKey: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  },
};

/**
 * Reads a storage account's connection string: an account with its key, or endpoints with a shared access signature. The two
 * SDKs each read it in a way of their own; this one ignores case and order, as .NET's does.
 *
 * https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string
 * @param fault gets each thing that is wrong; never a value.
 */
export function readConnectionString(text: string, fault: (message: string) => void): Account | undefined {
  const parts = new Map(
    text
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part): [string, string] => {
        const end = part.indexOf('=');
        return end < 0 ? [part.toLowerCase(), ''] : [part.slice(0, end).toLowerCase(), part.slice(end + 1)];
      }),
  );
  const partOf = (name: string) => parts.get(name) || undefined;

  if (partOf('usedevelopmentstorage') !== undefined) {
    if (partOf('usedevelopmentstorage')?.toLowerCase() !== 'true' || parts.size > 1) {
      fault('UseDevelopmentStorage=true must stand alone.');
    }
    return azurite;
  }
  const accountName = partOf('accountname');
  const accountKey = partOf('accountkey');
  const sas = partOf('sharedaccesssignature')?.replace(/^\?/, '');
  if (accountKey === undefined && sas === undefined) {
    fault(
      'It is no connection string of a storage account: it holds neither AccountKey nor SharedAccessSignature.',
    );
    return undefined;
  }
  if (accountKey !== undefined && accountName === undefined) {
    fault('AccountName is missing in it.');
  }
  if (accountKey !== undefined && !/^[A-Za-z0-9+/]+={0,2}$/.test(accountKey)) {
    fault('AccountKey in it is not base64, so it is not whole.');
  }
  const protocol = partOf('defaultendpointsprotocol') ?? 'https';
  const suffix = partOf('endpointsuffix') ?? 'core.windows.net';
  const urlOf = (service: 'table' | 'queue'): string => {
    const endpoint = partOf(`${service}endpoint`);
    if (endpoint === undefined && accountName === undefined) {
      fault(`${service === 'table' ? 'TableEndpoint' : 'QueueEndpoint'} is missing in it.`);
      return '';
    }
    return readServiceUri(endpoint ?? `${protocol}://${accountName}.${service}.${suffix}`, fault);
  };
  return {
    tableUrl: urlOf('table'),
    queueUrl: urlOf('queue'),
    credential:
      accountKey !== undefined
        ? { kind: 'key', accountName: accountName ?? '', accountKey }
        : { kind: 'sas', sas: sas ?? '' },
  };
}
