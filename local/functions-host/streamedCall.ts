import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import type { Log } from './coreApi.ts';
import { answerEmpty, type HttpCall, joinedHeaders } from './httpCall.ts';
import { newTraceContext } from './traceContext.ts';

// Of the connection between library and host, not of the message: RFC 9110, section 7.6.1.
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'upgrade', 'te']);

/**
 * Makes calls with HTTP streaming: the request itself goes to the server that the library has opened, with the id of
 * the invocation that the worker is told of at the same time, and the function's answer comes back there
 * (the library's src/http/httpProxy.ts and HttpRequest.ts).
 * @param port where the library's server listens on 127.0.0.1.
 */
export function createStreamedCall(port: number, log: Log): (call: HttpCall) => Promise<void> {
  const agent = new Agent({ keepAlive: true });
  return async (call) => {
    const { request, response } = call;
    const gone = new AbortController();
    const upstream = httpRequest({
      agent,
      host: '127.0.0.1',
      port,
      method: request.method,
      path: request.url,
      headers: forwardedHeaders(call),
    });
    const fail = (status: number) => {
      gone.abort();
      stopSending(request, upstream);
      if (!response.headersSent) {
        answerEmpty(call, status);
      } else if (!response.writableEnded) {
        // Half of an answer is out: a broken connection is the only way left to say that it failed.
        response.destroy();
      }
    };
    upstream.on('error', () => fail(502));
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 500, endToEndHeaders(answer));
      pipeline(answer, response, () => {
        // A function may answer without having read the body. A finished connection is kept for the next call.
        if (!upstream.writableFinished) {
          stopSending(request, upstream);
        }
      });
    });
    response.on('close', () => {
      if (!response.writableFinished) {
        gone.abort();
        upstream.destroy();
      }
    });
    sendBody(call, upstream, () => fail(413));
    try {
      const { returnedNothing } = await call.invoke(invocationInput(call), gone.signal);
      if (returnedNothing) {
        log(
          'error',
          `${call.route.name} returned nothing. With HTTP streaming the real host would never answer this call; return a response.`,
        );
        fail(500);
      }
    } catch {
      fail(500);
    }
  };
}

/** A body without Content-Length is counted as it passes. */
function sendBody({ request, bodyLimit }: HttpCall, upstream: ClientRequest, tooLarge: () => void): void {
  let received = 0;
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > bodyLimit) {
      tooLarge();
    }
  });
  request.pipe(upstream);
}

/** Lets go of the forwarded request; what the caller still sends runs out, so that it comes to read its answer. */
function stopSending(request: IncomingMessage, upstream: ClientRequest): void {
  request.unpipe(upstream);
  upstream.destroy();
  request.resume();
}

/** What the library reads from the forwarded request; the function's headers come with the trigger metadata. */
function forwardedHeaders({ request, url, invocationId }: HttpCall): Record<string, string> {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  return {
    'x-ms-invocation-id': invocationId,
    'x-forwarded-host': url.host,
    'x-forwarded-proto': 'http',
    ...(length === undefined ? {} : { 'content-length': length }),
    // Node does not frame the body of a DELETE unless told to.
    ...(chunked === undefined ? {} : { 'transfer-encoding': 'chunked' }),
  };
}

function endToEndHeaders(answer: IncomingMessage): Record<string, string[]> {
  const headers: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(answer.headersDistinct)) {
    if (values && !hopByHop.has(name)) {
      headers[name] = values;
    }
  }
  return headers;
}

function invocationInput({ request, params }: HttpCall) {
  return {
    data: { http: {} },
    triggerMetadata: {
      ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, { string: value }])),
      Headers: { json: JSON.stringify(joinedHeaders(request)) },
    },
    traceContext: newTraceContext(request),
  };
}
