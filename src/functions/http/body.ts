import type { HttpRequest } from '@azure/functions';
import { type Fault, InvalidRequest } from '../../aci/errors.ts';
import { isObject, type JsonValue } from '../../aci/json.ts';
import { toPointer } from '../../aci/jsonPointer.ts';
import { isKeptNumber, parseLossless } from '../../aci/losslessJson.ts';
import { isJson } from '../../loopbackGuard.ts';
import { placeInJson } from '../../validation/jsonPlace.ts';
import { readBodyBytes } from './bodyBytes.ts';
import { RequestRefused } from './requestRefused.ts';

const mostBytes = 256 * 1024;
const mostLevels = 64;

/**
 * Reads a request's JSON body; an empty one is `{}`, whatever its type.
 * @throws RequestRefused 413 over 256 KiB, 415 when the type is not JSON, 400 when the text is none; InvalidRequest with
 *   every member called `__proto__` and every number with more digits than JSON readers keep.
 */
export async function readJsonBody(request: HttpRequest): Promise<JsonValue> {
  const bytes = await readBodyBytes(request, mostBytes);
  return parseJsonBody(bytes, request.headers.get('content-type') ?? undefined);
}

/**
 * The JSON that the bytes of a body are.
 * @param revise what becomes of it before it is looked through for what nobody may send.
 * @throws as `readJsonBody`
 */
export function parseJsonBody(
  bytes: Uint8Array,
  contentType: string | undefined,
  revise: (body: JsonValue) => JsonValue = (body) => body,
): JsonValue {
  const text = decode(bytes);
  if (text.trim() === '') {
    return {};
  }
  if (!isJson(contentType)) {
    throw new RequestRefused({
      status: 415,
      code: 'UnsupportedMediaType',
      message: `Content-Type is '${contentType ?? ''}'; send the body as application/json.`,
    });
  }
  if (nestingOf(text) > mostLevels) {
    throw invalidJson(`it is nested deeper than ${mostLevels} levels`);
  }
  let body: JsonValue;
  try {
    body = revise(parseLossless(text) as JsonValue);
  } catch {
    throw invalidJson(`it breaks off at ${placeInJson(text)}`);
  }
  const faults = dangerousMembers(body, []);
  if (faults.length > 0) {
    throw new InvalidRequest(faults);
  }
  return body;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidJson('it is not UTF-8');
  }
}

/**
 * How deep brackets and braces go, found without recursion: what goes too deep would break whatever walks it. A string
 * without its end is one token too, else a hostile body would be searched anew from each of its quotes.
 */
function nestingOf(text: string): number {
  let level = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') {
      level += 1;
      deepest = Math.max(deepest, level);
    } else if (token === ']' || token === '}') {
      level -= 1;
    }
  }
  return deepest;
}

function dangerousMembers(value: JsonValue, path: readonly (string | number)[]): Fault[] {
  if (isKeptNumber(value)) {
    return [
      {
        code: 'InvalidValue',
        target: toPointer(...path),
        message: `The number at '${toPointer(...path)}' has more digits than a JSON reader keeps; send it as text.`,
      },
    ];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => dangerousMembers(item, [...path, index]));
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([member, child]) => [
        ...(member === '__proto__'
          ? [
              {
                code: 'UnknownMember',
                target: toPointer(...path, member),
                message: `'__proto__' is refused.`,
              },
            ]
          : []),
        ...dangerousMembers(child, [...path, member]),
      ])
    : [];
}

function invalidJson(why: string): RequestRefused {
  return new RequestRefused({
    status: 400,
    code: 'InvalidJson',
    message: `The body is not JSON that can be read: ${why}.`,
  });
}
