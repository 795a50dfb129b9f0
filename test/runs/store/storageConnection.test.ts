import { expect, test } from 'vitest';
import { readStorageConnection } from '../../../src/runs/store/storageConnection.ts';

const key = 'Y2FuYXJ5';
const clientId = '00000000-0000-0000-0000-00000000c11e';
const publicUrls = {
  tableUrl: 'https://account.table.core.windows.net',
  queueUrl: 'https://account.queue.core.windows.net',
};

/** @param settings members of AzureWebJobsStorage by their names, and the setting itself by `''`. */
function read(settings: Record<string, string>) {
  return readStorageConnection((name) =>
    name === 'AzureWebJobsStorage' ? settings[''] : settings[name.replace('AzureWebJobsStorage__', '')],
  );
}

function faultsOf(settings: Record<string, string>): string[] {
  const { connection, faults } = read(settings);
  expect(connection).toBeUndefined();
  expect(JSON.stringify(faults)).not.toContain('canary');
  expect(JSON.stringify(faults)).not.toContain(key);
  return faults.map(({ target, message }) => `${target}: ${message}`);
}

test('a connection string names an account and its key', () => {
  const credential = { kind: 'key', accountName: 'account', accountKey: `${key}==` };
  for (const text of [
    `DefaultEndpointsProtocol=https;AccountName=account;AccountKey=${key}==;EndpointSuffix=core.windows.net`,
    `AccountName=account;AccountKey=${key}==`,
    ` accountkey=${key}== ; ACCOUNTNAME=account ;; BlobEndpoint=https://elsewhere.example`,
  ]) {
    expect(read({ '': text })).toEqual({ connection: { ...publicUrls, credential }, faults: [] });
  }
});

test('a connection string may name its endpoints, or the cloud that they are in', () => {
  const account = `AccountName=account;AccountKey=${key}`;
  expect(read({ '': `${account};EndpointSuffix=core.chinacloudapi.cn` }).connection).toMatchObject({
    tableUrl: 'https://account.table.core.chinacloudapi.cn',
    queueUrl: 'https://account.queue.core.chinacloudapi.cn',
  });
  expect(
    read({
      '': `${account};TableEndpoint=http://127.0.0.1:49152/account/;QueueEndpoint=https://queue.example/`,
    }).connection,
  ).toMatchObject({ tableUrl: 'http://127.0.0.1:49152/account', queueUrl: 'https://queue.example' });
});

test('a connection string may hold a shared access signature', () => {
  const urls = `TableEndpoint=${publicUrls.tableUrl};QueueEndpoint=${publicUrls.queueUrl}`;
  for (const sas of ['sv=1&sig=a%3D', '?sv=1&sig=a%3D']) {
    expect(read({ '': `${urls};SharedAccessSignature=${sas}` }).connection).toEqual({
      ...publicUrls,
      credential: { kind: 'sas', sas: 'sv=1&sig=a%3D' },
    });
  }
  expect(faultsOf({ '': 'SharedAccessSignature=sv=1&sig=canary' })).toEqual([
    'AzureWebJobsStorage: TableEndpoint is missing in it.',
    'AzureWebJobsStorage: QueueEndpoint is missing in it.',
  ]);
});

test('UseDevelopmentStorage=true is Azurite on its own ports', () => {
  expect(read({ '': 'UseDevelopmentStorage=true' }).connection).toMatchObject({
    tableUrl: 'http://127.0.0.1:10002/devstoreaccount1',
    queueUrl: 'http://127.0.0.1:10001/devstoreaccount1',
    credential: { accountName: 'devstoreaccount1' },
  });
  expect(read({ '': 'UseDevelopmentStorage=true;' }).faults).toEqual([]);
  for (const text of [
    'UseDevelopmentStorage=false',
    'UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://canary',
  ]) {
    expect(faultsOf({ '': text })).toEqual([
      'AzureWebJobsStorage: UseDevelopmentStorage=true must stand alone.',
    ]);
  }
});

test('a managed identity needs the name of an account', () => {
  expect(read({ accountName: 'account' })).toEqual({
    connection: { ...publicUrls, credential: { kind: 'identity', clientId: undefined } },
    faults: [],
  });
  expect(
    read({ '': '', accountName: 'account', credential: 'managedIdentity', clientId }).connection,
  ).toEqual({
    ...publicUrls,
    credential: { kind: 'identity', clientId },
  });
});

test('a managed identity may be given the URIs of the services, one of them or both', () => {
  expect(
    read({ tableServiceUri: 'https://table.example/', queueServiceUri: 'http://localhost:10001/account' })
      .connection,
  ).toMatchObject({ tableUrl: 'https://table.example', queueUrl: 'http://localhost:10001/account' });
  expect(read({ accountName: 'account', queueServiceUri: 'https://queue.example' }).connection).toMatchObject(
    {
      tableUrl: publicUrls.tableUrl,
      queueUrl: 'https://queue.example',
    },
  );
  expect(faultsOf({ tableServiceUri: 'https://table.example' })).toEqual([
    expect.stringMatching(/^AzureWebJobsStorage__queueServiceUri: It is missing: the app needs both/),
  ]);
});

test('a connection string goes before an identity', () => {
  const text = `AccountName=account;AccountKey=${key}`;
  expect(read({ '': text, accountName: 'other' }).connection?.credential.kind).toBe('key');
});

test('where nothing is set the fault says what to set', () => {
  for (const settings of [{}, { '': '' }, { credential: 'managedidentity', clientId }]) {
    expect(faultsOf(settings)).toEqual([
      expect.stringMatching(
        /^AzureWebJobsStorage: It is missing\. Set the connection string .* AzureWebJobsStorage__accountName, or both/,
      ),
    ]);
  }
});

test('every fault is named, and no value shown', () => {
  expect(faultsOf({ '': 'canary' })).toEqual([
    expect.stringContaining('It is no connection string of a storage account'),
  ]);
  expect(
    faultsOf({ '': 'AccountKey=canary!;TableEndpoint=http://canary.example;QueueEndpoint=canary' }),
  ).toEqual([
    'AzureWebJobsStorage: AccountName is missing in it.',
    'AzureWebJobsStorage: AccountKey in it is not base64, so it is not whole.',
    expect.stringContaining('A service URI in it is not an https: URL'),
    expect.stringContaining('A service URI in it is not an https: URL'),
  ]);
  expect(
    faultsOf({ '': `AccountName=account;AccountKey=${key};DefaultEndpointsProtocol=http` }),
  ).toHaveLength(2);
  expect(
    faultsOf({
      accountName: 'Canary',
      credential: 'canary',
      clientId: 'canary',
      tableServiceUri: 'https://canary:canary@table.example',
      queueServiceUri: 'http://canary.example',
    }).map((fault) => fault.split(':')[0]),
  ).toEqual(
    ['accountName', 'credential', 'clientId', 'tableServiceUri', 'queueServiceUri'].map(
      (name) => `AzureWebJobsStorage__${name}`,
    ),
  );
});
