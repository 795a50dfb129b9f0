import { createHmac } from 'node:crypto';
import { callbackKey } from './callbackSecret.ts';

/**
 * The headers of a callback: its type, and those of Standard Webhooks (github.com/standard-webhooks/standard-webhooks,
 * spec/standard-webhooks.md), by which the receiver knows who sent it and when.
 * @param callback.id of the event: the same in every try.
 * @param callback.body exactly what is sent.
 * @param callback.now milliseconds since 1970; receivers take it for five minutes, so it is another one in every try.
 * @param callback.secrets each signs, so that a receiver may hold any of them while one takes the place of another. Without one there
 * is no signature.
 * @param callback.traceparent of the request that asked for the run, so that what comes of its end is part of the same trace.
 * @throws RangeError for a secret that has a fault, see callbackSecretFault.
 */
export function callbackHeaders({
  id,
  body,
  now,
  secrets,
  traceparent,
}: {
  id: string;
  body: string;
  now: number;
  secrets: readonly string[];
  traceparent?: string | undefined;
}): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => {
    const hmac = createHmac('sha256', callbackKey(secret)).update(`${id}.${timestamp}.${body}`);
    return `v1,${hmac.digest('base64')}`;
  });
  return {
    'content-type': 'application/cloudevents+json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    ...(traceparent !== undefined && { traceparent }),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  };
}
