import type { HttpHandler, HttpRequest, HttpResponseInit, InvocationContext } from '@azure/functions';
import { LauncherError } from '../../aci/errors.ts';
import type { Config } from '../../config.ts';
import { refuseForeign } from '../../loopbackGuard.ts';
import { requireAccess } from '../access/requireAccess.ts';
import { within } from '../telemetry/invocation.ts';
import type { HttpTrigger } from '../triggers/httpTrigger.ts';
import { errorAnswer } from './errorAnswer.ts';
import { RequestRefused } from './requestRefused.ts';

/** One HTTP function: where it is, who may call it, and what it does. */
export type HttpFunction = HttpTrigger & {
  handler: (request: HttpRequest, context: InvocationContext) => Promise<HttpResponseInit>;
};

/**
 * What every function has in common: errors in Azure's envelope, the request's id, who may call it, and on a machine with an emulator
 * the guard against web pages elsewhere.
 */
export function endpoint(
  httpFunction: Pick<HttpFunction, 'handler' | 'access'>,
  config: Pick<Config, 'isLocal' | 'easyAuth' | 'publicOrigin'>,
): HttpHandler {
  return async (request, context) => {
    const answer = await within(context, () => answerOf(httpFunction, request, context, config));
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
  { handler, access }: Pick<HttpFunction, 'handler' | 'access'>,
  request: HttpRequest,
  context: InvocationContext,
  config: Pick<Config, 'isLocal' | 'easyAuth' | 'publicOrigin'>,
): Promise<HttpResponseInit> {
  try {
    const refusal = config.isLocal && refuseForeign(guarded(request));
    if (refusal) {
      throw new RequestRefused(refusal);
    }
    requireAccess(request, access, config);
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
