import type { HttpRequest } from '@azure/functions';
import { isObject, type JsonValue } from '../../aci/json.ts';
import { isKeptNumber } from '../../aci/losslessJson.ts';
import type { HookEvent } from '../../hooks/events/hookEvent.ts';
import { readEvents } from '../../hooks/events/readEvents.ts';
import { handshakeOf } from '../../hooks/handshakes/handshakeOf.ts';
import type { HandshakeAnswer, Hook } from '../../hooks/hook.ts';
import { verifyHook } from '../../hooks/verifyHook.ts';
import { parseJsonBody } from '../http/body.ts';
import { readBodyBytes } from '../http/bodyBytes.ts';
import { throwFaults } from '../http/checkedBody.ts';
import { RequestRefused } from '../http/requestRefused.ts';

/** As much as Event Grid sends at once. */
const mostBytes = 1024 * 1024;

/** A handshake is small; whoever has proved nothing is to cost no more work than that. */
const mostUnprovenBytes = 16 * 1024;

/** What a sender wants: only to know whether it may send, or to tell of events. */
export type Delivery =
  | { handshake: HandshakeAnswer; events?: never }
  | { handshake?: never; events: HookEvent[]; body: JsonValue };

/**
 * Reads what a sender sent to a hook, and holds it to its proof before anything else.
 * @param now milliseconds since 1970.
 * @throws RequestRefused 413; 401, always the same, for whatever is not proven; else as `readJsonBody`; InvalidRequest
 *   with the faults of events.
 */
export async function readDelivery(request: HttpRequest, hook: Hook, now: number): Promise<Delivery> {
  const { method, headers, query } = request;
  const header = (name: string) => headers.get(name) ?? undefined;
  if (method === 'OPTIONS') {
    const handshake = handshakeOf(hook, { method, header, body: null }, { verified: false });
    return { handshake: handshake ?? { status: 405, headers: {} } };
  }
  const bytes = await readBodyBytes(request, mostBytes);
  const verification = verifyHook(
    hook,
    { bytes, header, query: (name) => query.get(name) ?? undefined },
    now,
  );
  const body = readBody(bytes, header('content-type'), verification.verified);
  const handshake = handshakeOf(hook, { method, header, body }, verification);
  if (handshake) {
    return { handshake };
  }
  if (!verification.verified) {
    throw new RequestRefused({
      status: 401,
      code: 'SenderNotVerified',
      message: 'The request does not prove that its sender may send here.',
    });
  }
  const { events, faults } = readEvents(hook, { header, body });
  throwFaults(faults);
  return { events, body };
}

/** Of the body of a sender that has proved nothing only a handshake is read, and what is wrong with it is not told. */
function readBody(bytes: Uint8Array, contentType: string | undefined, isProven: boolean): JsonValue {
  if (!isProven && bytes.byteLength > mostUnprovenBytes) {
    return null;
  }
  try {
    return parseJsonBody(bytes, contentType, withNumbersAsText);
  } catch (error) {
    if (isProven) {
      throw error;
    }
    return null;
  }
}

/** A sender cannot be told to send a number with too many digits for JSON readers as text, so it becomes one here. */
function withNumbersAsText(body: JsonValue): JsonValue {
  if (isKeptNumber(body)) {
    return JSON.stringify(body);
  }
  if (Array.isArray(body)) {
    return body.map(withNumbersAsText);
  }
  return isObject(body)
    ? Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withNumbersAsText(value)]))
    : body;
}
