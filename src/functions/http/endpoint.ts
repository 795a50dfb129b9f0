import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { LauncherError } from '../../aci/errors.ts';
import { refuseForeign } from '../../loopbackGuard.ts';
import { errorAnswer } from './errorAnswer.ts';
import { RequestRefused } from './requestRefused.ts';

/** One HTTP function: its route below `/api`, who may call it, and what it does. */
export type HttpFunction = {
  name: string;
  methods: ('GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')[];
  route: string;
  /** `function`: the caller holds one of the function's own keys. */
  authLevel: 'anonymous' | 'function';
  handler: (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;
};

/**
 * What every function has in common: errors in Azure's envelope, the request's id, and on a machine with an emulator the
 * guard against web pages elsewhere.
 */
export function endpoint(handler: HttpFunction['handler'], { isLocal }: { isLocal: boolean }): HttpHandler {
  return async (request, context) => {
    const answer = await answerOf(handler, request, context, isLocal);
    const clientRequestId = request.headers.get('x-ms-client-request-id');
    return {
      ...answer,
      headers: {
        'cache-control': 'no-store',
        ...answer.headers,
        'x-ms-request-id': context.invocationId,
        ...(clientRequestId && { 'x-ms-client-request-id': clientRequestId }),
      },
    };
  };
}

async function answerOf(
  handler: HttpFunction['handler'],
  request: HttpRequest,
  context: InvocationContext,
  isLocal: boolean,
): Promise<HttpResponseInit> {
  try {
    const refusal = isLocal && refuseForeign(guarded(request));
    if (refusal) {
      throw new RequestRefused(refusal);
    }
    return await handler(request, context);
  } catch (error) {
    if (!(error instanceof LauncherError)) {
      context.error(error);
    }
    return errorAnswer(error);
  }
}

function guarded({ method, url, headers }: HttpRequest): Parameters<typeof refuseForeign>[0] {
  return { method, host: URL.parse(url)?.host, header: (name) => headers.get(name) ?? undefined };
}
