import { type ArmError, contentTooDeep, invalidRequestContent } from '../armErrors.ts';
import { isJsonObject, isTooDeep, type Json, type JsonObject } from '../json.ts';

/** Reads a request's body as ARM does: UTF-8 JSON, an object, not nested too deep. */
export function readContent(body: Uint8Array): { content: JsonObject } | { error: ArmError } {
  let content: Json;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    // The parser's own message quotes the text, which could be a secret.
    return { error: invalidRequestContent('Unexpected end or character while parsing JSON') };
  }
  if (isTooDeep(content)) {
    return { error: contentTooDeep() };
  }
  return isJsonObject(content)
    ? { content }
    : { error: invalidRequestContent('A JSON object was expected at the root') };
}
