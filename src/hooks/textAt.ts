import type { JsonValue } from '../aci/json.ts';
import { parsePointer, valueAtPointer } from '../aci/jsonPointer.ts';

/** The text that a document holds at a JSON Pointer; undefined where there is none, or an empty one. */
export function textAt(document: JsonValue, pointer: string): string | undefined {
  const value = valueAtPointer(document, parsePointer(pointer) ?? []);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
