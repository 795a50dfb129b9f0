import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import { InvalidRequest } from '../../aci/errors.ts';
import { isObject, type JsonValue } from '../../aci/json.ts';
import type { RunAsked } from '../../runs/request/runAsked.ts';
import { deriveKey } from '../../runs/sealing/deriveKey.ts';

/** For how long a key stands for its run, in milliseconds. */
const lifetime = 24 * 3_600_000;

/** It is a structured string (draft-ietf-httpapi-idempotency-key-header, 2.1); most senders send it bare. */
const names = ['idempotency-key', 'repeatability-request-id'];

export type KeyedRequest = {
  /** Whose keys these are: those of one job, or of all launches without one, are apart from all others. */
  scope: string;
  /** The route, as text that is the same for the same request. */
  endpoint: string;
  /** What was sent. */
  content: JsonValue;
};

/**
 * The idempotency key that a request brings, and what tells it from other requests. The fingerprint is keyed where there is a
 * secret, for what is sent may be one, and a bare hash of a short one is soon found out.
 * @param secrets of LAUNCHER_SECRET.
 * @returns undefined when it brings none.
 * @throws InvalidRequest for a key that is none.
 */
export function idempotencyOf(
  { headers }: HttpRequest,
  { scope, endpoint, content }: KeyedRequest,
  secrets: readonly string[],
): RunAsked['idempotency'] | undefined {
  const name = names.find((name) => headers.has(name));
  if (name === undefined) {
    return undefined;
  }
  const key = readKey(name, headers.get(name) ?? '');
  const text = `${endpoint}\n${canonicalJson(content)}`;
  const [fingerprint = '', ...olderFingerprints] = [
    ...secrets.map((secret) =>
      createHmac('sha256', deriveKey(secret, 'fingerprints', 32))
        .update(text)
        .digest('hex'),
    ),
    createHash('sha256').update(text).digest('hex'), // from before there was a secret
  ];
  return {
    hash: createHash('sha256').update(`${scope}\n${key}`).digest('hex'),
    fingerprint,
    olderFingerprints,
    lifetime,
  };
}

/**
 * A key that no caller brings: whoever comes with it asks for the same run, whatever else is in the request.
 * @param scope keeps the keys of one sender apart from all others.
 * @param lifetime milliseconds for which the key stands for its run.
 */
export function ownIdempotency(
  scope: string,
  key: string,
  lifetime: number,
): NonNullable<RunAsked['idempotency']> {
  const hash = createHash('sha256').update(`${scope}\n${key}`).digest('hex');
  return { hash, fingerprint: scope, lifetime };
}

function readKey(name: string, value: string): string {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(value)?.[1];
  const key = quoted === undefined ? value : quoted.replace(/\\(.)/g, '$1');
  if (!/^[\x21-\x7e]{1,255}$/.test(key) || (quoted === undefined && key.startsWith('"'))) {
    throw new InvalidRequest([
      {
        code: 'InvalidHeader',
        target: name,
        message: `${name} must be 1–255 visible ASCII characters, bare or as a quoted string.`,
      },
    ]);
  }
  return key;
}

/** JSON whose objects have their members in the order of their names. */
function canonicalJson(value: JsonValue): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}
