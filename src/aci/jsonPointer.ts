import { isObject, type JsonValue } from './json.ts';

/** Writes an RFC 6901 JSON Pointer from its unescaped segments; none point at the whole. */
export function toPointer(...segments: readonly (string | number)[]): string {
  return segments
    .map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** The unescaped segments of an RFC 6901 JSON Pointer; undefined when the text is not one. */
export function parsePointer(pointer: string): string[] | undefined {
  if (!/^(?:\/(?:[^~/]|~[01])*)*$/.test(pointer)) {
    return undefined;
  }
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * What a document holds at a pointer's segments; undefined where there is nothing. Only own members and array items
 * count, so that `/__proto__`, `/toString` and an array's `/length` find nothing.
 */
export function valueAtPointer(document: JsonValue, segments: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const segment of segments) {
    if (Array.isArray(value)) {
      value = /^(?:0|[1-9]\d*)$/.test(segment) ? value[Number(segment)] : undefined;
    } else if (isObject(value)) {
      value = Object.hasOwn(value, segment) ? value[segment] : undefined;
    } else {
      return undefined;
    }
  }
  return value;
}
