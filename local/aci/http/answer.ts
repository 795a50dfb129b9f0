import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ArmError } from '../armErrors.ts';

/** What a route answers; the server adds the headers that every answer has. */
export type Answer = { status: number; headers?: Record<string, string>; body?: object };

/** An error in ARM's envelope. */
export function refuse({ status, code, message, headers }: ArmError): Answer {
  return { status, ...(headers && { headers }), body: { error: { code, message } } };
}

/** An error as Azure Monitor answers its own: without the envelope. */
export function refuseAsMonitor({ status, code, message }: ArmError): Answer {
  return { status, body: { code, message } };
}

/** Writes an answer with ARM's request ids. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer, now: number): void {
  const requestId = randomUUID();
  response.writeHead(status, {
    'x-ms-request-id': requestId,
    'x-ms-correlation-request-id': requestId,
    Date: new Date(now).toUTCString(),
    'Cache-Control': 'no-cache',
    ...(body && { 'Content-Type': 'application/json; charset=utf-8' }),
    ...headers,
  });
  response.end(body && JSON.stringify(body));
}
