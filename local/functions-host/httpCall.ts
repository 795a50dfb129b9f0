import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Invocation, InvocationInput } from './invoke.ts';
import type { Route } from './routes.ts';

/** A request that a route has taken, on its way to the function. */
export type HttpCall = {
  request: IncomingMessage;
  response: ServerResponse;
  /** The address as the caller sees it. */
  url: URL;
  route: Route;
  params: Record<string, string>;
  invocationId: string;
  /** Most bytes of a body. */
  bodyLimit: number;
  /** Called once the call is ready to be made; its failures are logged already when it rejects. */
  invoke: (input: Omit<InvocationInput, 'invocationId'>, signal: AbortSignal) => Promise<Invocation>;
};

/** The host's own answers have no body: 400, 401, 404, 413, 500. */
export function answerEmpty(
  { request, response }: Pick<HttpCall, 'request' | 'response'>,
  status: number,
): void {
  // What is left of the body is let through, or a caller that is still sending would never read the answer.
  request.resume();
  if (!response.headersSent) {
    response.writeHead(status, { 'content-length': 0 });
  }
  response.end();
}

/** Request headers as the worker sees them: names in lower case, repeated values joined by commas. */
export function joinedHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',') ?? '']),
  );
}
