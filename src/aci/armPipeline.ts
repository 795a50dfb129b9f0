import { ContainerInstanceManagementClient } from '@azure/arm-containerinstance';
import {
  bearerTokenAuthenticationPolicyName,
  createHttpHeaders,
  createPipelineRequest,
  type PipelinePolicy,
} from '@azure/core-rest-pipeline';
import { createManagedIdentity } from './managedIdentity.ts';

export type ArmPipelineOptions = {
  /** ARM's origin, such as `https://management.azure.com`; `http:` for loopback alone. */
  endpoint: string;
  /** Whose token is sent: the app's managed identity's, or that of whoever calls the app. */
  credential: 'managed-identity' | 'caller';
  /** The client id of a user-assigned identity; the system-assigned one without it. */
  clientId: string | undefined;
  /** How long one call, or a token, may take before it counts as unanswered. */
  deadlineMs: number;
  userAgent: string;
};

export type ArmRequest = {
  method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  /** An absolute URL of the endpoint's origin. */
  url: string;
  body?: string;
  abortSignal: AbortSignal;
  /** The token of whoever calls the app, where that is whose token is sent. */
  callerToken?: string | undefined;
  /** By which the call is known to be part of something larger. */
  traceHeaders: Record<string, string>;
};

export type ArmResponse = { status: number; header: (name: string) => string | undefined; body: string };

export type ArmPipeline = {
  /** Sends one request; any HTTP status is an answer. Rejects with the SDK's own errors. */
  send: (request: ArmRequest) => Promise<ArmResponse>;
  /** Gets the app's own token, which the credential keeps. Rejects with the SDK's own errors, and where the caller's token is what is sent. */
  authenticate: () => Promise<void>;
};

const publicCloud = 'https://management.azure.com';
const loopbackPolicy = 'loopbackPolicy';

/**
 * The pipeline of `@azure/arm-containerinstance` with `@azure/identity`'s managed identity, for requests as text: its
 * typed operations drop every property that its models do not know.
 *
 * Nothing is sent twice: the pipeline's own retry would send a PUT whose answer was lost four times, and hold a caller
 * for as long as a 429 asks. Nothing is followed elsewhere: a redirect would carry the token along.
 */
export function createArmPipeline({
  endpoint,
  credential,
  clientId,
  deadlineMs,
  userAgent,
}: ArmPipelineOptions): ArmPipeline {
  const isLoopback = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/.test(endpoint);
  const secureForm = endpoint.replace(/^http:/, 'https:');
  const scope = `${isLoopback ? publicCloud : endpoint}/.default`;
  const appCredential =
    credential === 'caller' ? noCredential : createManagedIdentity({ clientId, deadlineMs });
  const client = new ContainerInstanceManagementClient(
    appCredential,
    '00000000-0000-0000-0000-000000000000', // the typed operations' subscription; none of them is used here
    {
      endpoint: secureForm,
      credentialScopes: [scope],
      retryOptions: { maxRetries: 0 },
      userAgentOptions: { userAgentPrefix: userAgent },
    },
  );
  for (const name of ['redirectPolicy', 'deserializationPolicy']) {
    client.pipeline.removePolicy({ name }); // the latter fails on a body that is no JSON, whatever the status
  }
  if (credential === 'caller') {
    client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  }
  if (isLoopback) {
    client.pipeline.removePolicy({ name: 'proxyPolicy' });
  }
  if (endpoint !== secureForm) {
    client.pipeline.addPolicy(overLoopback, { phase: 'Sign' });
  }
  return {
    async send({ method, url, body, abortSignal, callerToken, traceHeaders }) {
      const { status, headers, bodyAsText } = await client.sendRequest(
        createPipelineRequest({
          method,
          url: url.replace(endpoint, secureForm),
          abortSignal,
          headers: createHttpHeaders({
            ...traceHeaders,
            accept: 'application/json',
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...(callerToken !== undefined && { authorization: `Bearer ${callerToken}` }),
          }),
          ...(body !== undefined && { body }),
        }),
      );
      return { status, header: (name) => headers.get(name), body: bodyAsText ?? '' };
    },
    async authenticate() {
      await appCredential.getToken(scope);
    },
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

/** Where the caller's token is sent, the app's own identity must not be asked for one, whatever else goes wrong. */
const noCredential = {
  getToken: () => Promise.reject(new Error("The app's own identity is not used with ARM_CREDENTIAL=caller.")),
};
