import type { AdditionalPolicyConfig } from '@azure/core-client';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';

export type StoragePipelineOptions = {
  /** Such as `https://account.table.core.windows.net`; `http:` on loopback alone. */
  url: string;
  /** Gets the Date header of every answer. */
  observeDate: ((date: string) => void) | undefined;
};

/**
 * What both storage SDKs are given: the URL that they may know, and policies for each request on its way.
 *
 * They hand no token to `http:`, and one of them no request at all. Azurite listens on this machine alone, so there a request
 * is signed as `https:` and sent as `http:`, past any proxy.
 */
export function storagePipeline({ url, observeDate }: StoragePipelineOptions): {
  endpoint: string;
  additionalPolicies: AdditionalPolicyConfig[];
} {
  const policies = [
    ...(url.startsWith('http:') ? [overLoopback] : []),
    ...(observeDate ? [observing(observeDate)] : []),
  ];
  return {
    endpoint: url.replace(/^http:/, 'https:'),
    additionalPolicies: policies.map((policy) => ({ policy, position: 'perRetry' })), // after the phase that signs
  };
}

const overLoopback: PipelinePolicy = {
  name: 'overLoopback',
  sendRequest(request, next) {
    request.url = request.url.replace(/^https:/, 'http:');
    request.allowInsecureConnection = true;
    delete request.agent;
    return next(request);
  },
};

function observing(observeDate: (date: string) => void): PipelinePolicy {
  return {
    name: 'observeDate',
    async sendRequest(request, next) {
      const response = await next(request);
      const date = response.headers.get('date');
      if (date !== undefined) {
        observeDate(date);
      }
      return response;
    },
  };
}
