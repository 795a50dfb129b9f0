import type { JsonObject } from '../../aci/json.ts';
import type { HandshakeAnswer, Hook, HookRequest } from '../hook.ts';
import { textAt } from '../textAt.ts';
import type { Verification } from '../verifySignature.ts';
import { consentToCloudEvents } from './consentToCloudEvents.ts';
import { subscriptionHandshake } from './subscriptionHandshake.ts';

/**
 * The answer to a request that is no delivery, by which a sender finds out whether it may send here; undefined for all others.
 *
 * Event Grid's are answered to whoever asks: they may come before the headers that an operator sets [U], and say no
 * more than that deliveries may be sent, each of which has to prove itself. Nobody's URL is ever called.
 * @param request.body anything when the method is OPTIONS.
 */
export function handshakeOf(
  { preset, allowedOrigins }: Hook,
  { method, header, body }: Pick<HookRequest, 'method' | 'header' | 'body'>,
  { verified }: Verification,
): HandshakeAnswer | undefined {
  if (method === 'OPTIONS') {
    return consentToCloudEvents(allowedOrigins, header);
  }
  if (preset === 'event-grid') {
    return subscriptionHandshake(header, body);
  }
  if (!verified) {
    return undefined;
  }
  // docs.github.com/webhooks/webhook-events-and-payloads#ping
  if (preset === 'github' && header('x-github-event') === 'ping') {
    return ok({ status: 'Ignored', message: 'A ping starts nothing. Its signature fits.' });
  }
  // docs.slack.dev/reference/events/url_verification
  const challenge = textAt(body, '/challenge');
  if (preset === 'slack' && textAt(body, '/type') === 'url_verification' && challenge !== undefined) {
    return ok({ challenge });
  }
  return undefined;
}

function ok(body: JsonObject): HandshakeAnswer {
  return { status: 200, headers: {}, body };
}
