import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseForeign } from '../../src/loopbackGuard.ts';
import { answerEmpty, type HttpCall, joinedHeaders } from './httpCall.ts';
import type { Invoke } from './invoke.ts';
import { type FunctionKeys, opens, presentedKey } from './keys.ts';
import { decodePath } from './requestPath.ts';
import { findRoute, type Route } from './routes.ts';

/** What Kestrel takes when nothing else is said: 100 MB, https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits */
const bodyLimit = 104_857_600;

type Serving = {
  routes: Route[];
  /** Undefined checks none, as `func start` without --enableAuth. */
  keys: FunctionKeys | undefined;
  invoke: Invoke;
  makeCall: (call: HttpCall) => Promise<void>;
};

/** Answers one request as the Functions host does, and settles when nothing of it is left to do. */
export async function handleRequest(
  { routes, keys, invoke, makeCall }: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = { request, response };
  const method = request.method ?? '';
  const headers = joinedHeaders(request);
  const refusal = refuseForeign({ method, host: headers['host'], header: (name) => headers[name] });
  if (refusal) {
    request.resume();
    const { status, code, message } = refusal;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code, message } }));
    return;
  }
  // Joined as text: new URL(target, base) would take a target such as //elsewhere/ for a host.
  const url = request.url?.startsWith('/') ? URL.parse(`http://${headers['host']}${request.url}`) : null;
  const path = url && decodePath(url.pathname);
  if (!url || !path) {
    answerEmpty(exchange, 400);
    return;
  }
  const found = findRoute(routes, method, path);
  if (!found) {
    answerEmpty(exchange, 404);
    return;
  }
  const { route, params } = found;
  if (keys && !opens(keys, presentedKey(request, url.searchParams), route)) {
    answerEmpty(exchange, 401);
    return;
  }
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) {
    answerEmpty(exchange, 413);
    return;
  }
  const invocationId = randomUUID();
  await makeCall({
    ...exchange,
    url,
    route,
    params,
    invocationId,
    bodyLimit,
    invoke: (input, signal) => invoke(route.registered, { invocationId, ...input }, signal),
  });
}
