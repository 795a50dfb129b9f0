import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import { createHttpHeaders, createPipelineRequest, type PipelinePolicy } from '@azure/core-rest-pipeline';
import { ManagedIdentityCredential } from '@azure/identity';

export type ArmPipelineOptions = {
  /** ARM's origin, such as `https://management.azure.com`; `http:` for loopback alone. */
  endpoint: string;
  /** The client id of a user-assigned identity; the system-assigned one without it. */
  clientId: string | undefined;
  userAgent: string;
};

export type ArmRequest = {
  method: 'GET' | 'PUT' | 'DELETE';
  /** An absolute URL of the endpoint's origin. */
  url: string;
  body?: string;
  abortSignal: AbortSignal;
};

export type ArmResponse = { status: number; header: (name: string) => string | undefined; body: string };

const publicCloud = 'https://management.azure.com';
const loopbackPolicy = 'loopbackPolicy';

/**
 * The pipeline of `@azure/arm-containerinstance` with `@azure/identity`'s managed identity, for requests as text: its
 * typed operations drop every property that its models do not know.
 *
 * Nothing is sent twice: the pipeline's own retry would send a PUT whose answer was lost four times, and hold a caller
 * for as long as a 429 asks. Nothing is followed elsewhere: a redirect would carry the token along.
 * @returns sends one request; any HTTP status is an answer. Rejects with the SDK's own errors.
 */
export function createArmPipeline({
  endpoint,
  clientId,
  userAgent,
}: ArmPipelineOptions): (request: ArmRequest) => Promise<ArmResponse> {
  const isLoopback = endpoint.startsWith('http:');
  const secureForm = endpoint.replace(/^http:/, 'https:');
  const client = new ContainerInstanceManagementClient(
    new ManagedIdentityCredential(clientId === undefined ? {} : { clientId }),
    '00000000-0000-0000-0000-000000000000', // the typed operations' subscription; none of them is used here
    {
      endpoint: secureForm,
      credentialScopes: [`${isLoopback ? publicCloud : endpoint}/.default`],
      retryOptions: { maxRetries: 0 },
      userAgentOptions: { userAgentPrefix: userAgent },
    },
  );
  for (const name of ['redirectPolicy', 'deserializationPolicy']) {
    client.pipeline.removePolicy({ name }); // the latter fails on a body that is no JSON, whatever the status
  }
  if (isLoopback) {
    client.pipeline.removePolicy({ name: 'proxyPolicy' });
    client.pipeline.addPolicy(overLoopback, { phase: 'Sign' });
  }
  return async ({ method, url, body, abortSignal }) => {
    const { status, headers, bodyAsText } = await client.sendRequest(
      createPipelineRequest({
        method,
        url: url.replace(endpoint, secureForm),
        abortSignal,
        headers: createHttpHeaders({
          accept: 'application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        }),
        ...(body !== undefined && { body }),
      }),
    );
    return { status, header: (name) => headers.get(name), body: bodyAsText ?? '' };
  };
}

/**
 * The SDK hands no token to `http:`. The emulator listens on this machine alone, so there the request is signed as
 * `https:` and sent as `http:`.
 */
const overLoopback: PipelinePolicy = {
  name: loopbackPolicy,
  sendRequest(request, next) {
    request.url = request.url.replace(/^https:/, 'http:');
    request.allowInsecureConnection = true;
    return next(request);
  },
};
