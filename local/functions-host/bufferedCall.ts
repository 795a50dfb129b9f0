import type { IncomingMessage, ServerResponse } from 'node:http';
import { serializeCookie } from './cookie.ts';
import type { HttpResponseData, NullableString } from './coreApi.ts';
import { answerEmpty, type HttpCall, joinedHeaders } from './httpCall.ts';
import { newTraceContext } from './traceContext.ts';

/**
 * Makes a call without HTTP streaming: request and answer travel whole, inside the messages between host and worker.
 * As on the real host, a body without Content-Length does not arrive.
 */
export async function bufferedCall(call: HttpCall): Promise<void> {
  const gone = new AbortController();
  call.response.on('close', () => gone.abort());
  const body = await readBody(call.request, call.bodyLimit);
  if (body === 'aborted') {
    return;
  }
  if (body === 'tooLarge') {
    answerEmpty(call, 413);
    return;
  }
  try {
    const { response } = await call.invoke(invocationInput(call, body), gone.signal);
    const http = response.returnValue?.http;
    if (http) {
      answer(call.response, http);
    } else {
      answerEmpty(call, 204);
    }
  } catch {
    answerEmpty(call, 500);
  }
}

function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'tooLarge' | 'aborted'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    request.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > limit) {
        chunks.length = 0;
        resolve('tooLarge');
      } else {
        chunks.push(chunk);
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve('aborted'));
  });
}

function invocationInput({ request, url, params }: HttpCall, body: Buffer) {
  const query: Record<string, string> = {};
  for (const name of new Set(url.searchParams.keys())) {
    query[name] = url.searchParams.getAll(name).join(',');
  }
  const hasLength = Number(request.headers['content-length'] ?? 0) > 0;
  const http = {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: nullable(joinedHeaders(request)),
    nullableQuery: nullable(query),
    nullableParams: nullable(params),
    ...(hasLength ? { body: { bytes: body } } : {}),
  };
  return { data: { http }, triggerMetadata: {}, traceContext: newTraceContext(request) };
}

function answer(response: ServerResponse, { statusCode, headers, cookies, body }: HttpResponseData): void {
  for (const [name, value] of Object.entries(headers)) {
    // The body is whole by now: how long it is and how it travels is the host's to say.
    if (!['connection', 'content-length', 'keep-alive', 'transfer-encoding'].includes(name)) {
      response.setHeader(name, value);
    }
  }
  if (cookies.length > 0) {
    response.setHeader('set-cookie', cookies.map(serializeCookie));
  }
  response.statusCode = Number(statusCode);
  response.end(body?.bytes ?? body?.string ?? '');
}

function nullable(values: Record<string, string>): Record<string, NullableString> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}
