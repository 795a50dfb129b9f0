import type { HandshakeAnswer, HookRequest } from '../hook.ts';

/**
 * Answers the OPTIONS request by which a sender of CloudEvents asks whether it may send (github.com/cloudevents/spec,
 * http-webhook.md, section 4). Whoever is not told so has no consent, whatever the status.
 */
export function consentToCloudEvents(
  allowedOrigins: readonly string[],
  header: HookRequest['header'],
): HandshakeAnswer {
  const origin = header('webhook-request-origin')?.trim().toLowerCase();
  const allowed = allowedOrigins.find((each) => each.toLowerCase() === origin);
  if (allowed === undefined) {
    return { status: 405, headers: { allow: 'POST' } };
  }
  const rate = header('webhook-request-rate')?.trim() ?? '';
  return {
    status: 200,
    headers: {
      allow: 'POST, OPTIONS',
      'webhook-allowed-origin': allowed,
      'webhook-allowed-rate': /^[1-9]\d{0,8}$/.test(rate) ? rate : '*', // requests a minute; * is no limit
    },
  };
}
