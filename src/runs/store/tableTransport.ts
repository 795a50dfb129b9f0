import {
  AzureNamedKeyCredential,
  AzureSASCredential,
  odata,
  TableClient,
  type TableEntityResult,
  type TableServiceClientOptions,
  type TransactionAction,
} from '@azure/data-tables';
import type { RowRange } from './rows.ts';
import { storagePipeline } from './storagePipeline.ts';
import type { UsableCredential } from './usableCredential.ts';

export type TableOptions = {
  /** The table service's, such as `https://account.table.core.windows.net`. */
  url: string;
  name: string;
  credential: UsableCredential;
  observeDate: ((date: string) => void) | undefined;
};

export type FoundEntity = TableEntityResult<Record<string, unknown>>;

/** A table over the wire. Every call is one request, and rejects with the SDK's own errors. */
export type TableTransport = {
  /** Creates the table, if it is not there. */
  create(abortSignal: AbortSignal): Promise<void>;
  get(partition: string, key: string, abortSignal: AbortSignal): Promise<FoundEntity>;
  /** One page, which may hold fewer entities than there are, or none, while `next` says where the next one begins. */
  list(
    partition: string,
    range: RowRange,
    page: string | undefined,
    abortSignal: AbortSignal,
  ): Promise<{ entities: FoundEntity[]; next: string | undefined }>;
  submit(actions: TransactionAction[], abortSignal: AbortSignal): Promise<void>;
};

/**
 * `@azure/data-tables` without its retries, which would send a commit again whose answer was lost and find it in conflict with
 * itself, and without redirects.
 */
export function openTable({ url, name, credential, observeDate }: TableOptions): TableTransport {
  const { endpoint, additionalPolicies } = storagePipeline({ url, observeDate });
  const client = clientOf(endpoint, name, credential, {
    retryOptions: { maxRetries: 0 },
    additionalPolicies,
  });
  client.pipeline.removePolicy({ name: 'redirectPolicy' });
  return {
    create: (abortSignal) => client.createTable({ abortSignal }),
    get: (partition, key, abortSignal) => client.getEntity(partition, key, { abortSignal }),
    async list(partition, { from, before, top }, page, abortSignal) {
      const pages = client
        .listEntities({
          abortSignal,
          queryOptions: {
            filter: odata`PartitionKey eq ${partition} and RowKey ge ${from} and RowKey lt ${before}`,
          },
        })
        .byPage({ maxPageSize: Math.min(top, 1000), ...(page !== undefined && { continuationToken: page }) });
      const { value: entities } = await pages.next();
      return { entities: entities ?? [], next: entities?.continuationToken };
    },
    async submit(actions, abortSignal) {
      await client.submitTransaction(actions, { abortSignal });
    },
  };
}

function clientOf(
  endpoint: string,
  name: string,
  credential: UsableCredential,
  options: TableServiceClientOptions,
): TableClient {
  switch (credential.kind) {
    case 'key': {
      const { accountName, accountKey } = credential;
      return new TableClient(endpoint, name, new AzureNamedKeyCredential(accountName, accountKey), options);
    }
    case 'sas':
      return new TableClient(endpoint, name, new AzureSASCredential(credential.sas), options);
    case 'token':
      return new TableClient(endpoint, name, credential.token, options);
  }
}
