import { QueueClient, type StoragePipelineOptions, StorageSharedKeyCredential } from '@azure/storage-queue';
import { storagePipeline } from '../store/storagePipeline.ts';
import type { UsableCredential } from '../store/usableCredential.ts';

export type QueueOptions = {
  /** The queue service's, such as `https://account.queue.core.windows.net`. */
  url: string;
  name: string;
  credential: UsableCredential;
  observeDate: ((date: string) => void) | undefined;
};

/** A queue over the wire. Every call is one request, and rejects with the SDK's own errors. */
export type QueueTransport = {
  /** Creates the queue, if it is not there. */
  create(abortSignal: AbortSignal): Promise<void>;
  /** @param visibilityTimeout whole seconds. */
  send(text: string, visibilityTimeout: number, abortSignal: AbortSignal): Promise<void>;
};

/** `@azure/storage-queue` without its retries and redirects. */
export function openQueue({ url, name, credential, observeDate }: QueueOptions): QueueTransport {
  const { endpoint, additionalPolicies } = storagePipeline({ url, observeDate });
  // The SDK hands options that its types do not know to the pipeline, which does: https://github.com/Azure/azure-sdk-for-js,
  // sdk/storage/storage-queue/src/Pipeline.ts, getCoreClientOptions
  const options = { retryOptions: { maxTries: 1 }, redirectOptions: { maxRetries: 0 }, additionalPolicies };
  const client = clientOf(`${endpoint}/${name}`, credential, options);
  return {
    async create(abortSignal) {
      await client.createIfNotExists({ abortSignal });
    },
    async send(text, visibilityTimeout, abortSignal) {
      await client.sendMessage(text, { visibilityTimeout, messageTimeToLive: -1, abortSignal }); // -1: it never expires
    },
  };
}

function clientOf(url: string, credential: UsableCredential, options: StoragePipelineOptions): QueueClient {
  switch (credential.kind) {
    case 'key': {
      const { accountName, accountKey } = credential;
      return new QueueClient(url, new StorageSharedKeyCredential(accountName, accountKey), options);
    }
    case 'sas':
      return new QueueClient(`${url}?${credential.sas}`, undefined, options);
    case 'token':
      return new QueueClient(url, credential.token, options);
  }
}
