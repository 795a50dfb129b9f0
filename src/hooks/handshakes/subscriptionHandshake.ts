import { isObject, type JsonObject, type JsonValue } from '../../aci/json.ts';
import type { HandshakeAnswer, HookRequest } from '../hook.ts';
import { textAt } from '../textAt.ts';

const mostCharacters = 8_192;

/**
 * Answers what Event Grid sends when a subscription comes, in its own schema, or goes
 * (learn.microsoft.com/azure/event-grid/end-point-validation-event-grid-events-schema). The code must come back with 200: 202
 * is not taken. The URL beside it, which would do as well, is a stranger's and is left alone.
 */
export function subscriptionHandshake(
  header: HookRequest['header'],
  body: JsonValue,
): HandshakeAnswer | undefined {
  const event = Array.isArray(body) ? (body.length === 1 ? body[0] : undefined) : body;
  const type = event === undefined ? undefined : textAt(event, '/eventType');
  if (event !== undefined && type === 'Microsoft.EventGrid.SubscriptionValidationEvent') {
    const validationResponse = textAt(dataOf(event), '/validationCode');
    return validationResponse === undefined || validationResponse.length > mostCharacters
      ? undefined
      : { status: 200, headers: {}, body: { validationResponse } };
  }
  const kind = header('aeg-event-type')?.trim().toLowerCase();
  return kind === 'subscriptiondeletion' || kind === 'unsubscribe'
    ? { status: 200, headers: {}, body: { status: 'Ignored', message: 'The subscription is gone.' } }
    : undefined;
}

/** Its data has been seen as JSON text, too. */
function dataOf(event: JsonValue): JsonValue {
  const data = isObject(event) && Object.hasOwn(event, 'data') ? (event['data'] ?? null) : null;
  if (typeof data !== 'string' || data.length > mostCharacters) {
    return data;
  }
  try {
    return JSON.parse(data) as JsonObject;
  } catch {
    return null;
  }
}
