import { isObject, type JsonObject, type JsonValue } from '../aci/json.ts';
import { parsePointer, toPointer, valueAtPointer } from '../aci/jsonPointer.ts';

/** Where schemas stand inside a schema, by JSON Schema draft 7 and 2020-12. */
const keywords = {
  one: [
    ...['additionalItems', 'additionalProperties', 'contains', 'else', 'if', 'items', 'not', 'propertyNames'],
    ...['then', 'unevaluatedItems', 'unevaluatedProperties'],
  ],
  list: ['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'],
  map: ['$defs', 'definitions', 'dependencies', 'dependentSchemas', 'patternProperties', 'properties'],
};

/**
 * The schema with every schema that stands directly inside it changed. `true` and `false` are schemas, too.
 * @param change gets the inner schema, and where it stands, as the unescaped segments of a JSON Pointer.
 */
export function mapSubschemas(
  schema: JsonObject,
  change: (inner: JsonObject | boolean, path: string[]) => JsonValue,
): JsonObject {
  const changed = (inner: JsonValue, ...path: string[]) =>
    isObject(inner) || typeof inner === 'boolean' ? change(inner, path) : inner;
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
      if (keywords.map.includes(keyword) && isObject(value)) {
        const entries = Object.entries(value).map(([name, inner]) => [name, changed(inner, keyword, name)]);
        return [keyword, Object.fromEntries(entries)];
      }
      if (keywords.list.includes(keyword) && Array.isArray(value)) {
        return [keyword, value.map((inner, index) => changed(inner, keyword, String(index)))];
      }
      return [keyword, keywords.one.includes(keyword) ? changed(value, keyword) : value];
    }),
  );
}

/** A reference to these segments of the document, as it stands in `$ref`. */
export function refTo(...segments: readonly string[]): string {
  return `#${toPointer(...segments)
    .split('/')
    .map(encodeURIComponent)
    .join('/')}`;
}

/** What a reference within a document leads to; undefined where that is nothing. */
export function valueOfRef(document: JsonObject, ref: string): JsonValue | undefined {
  try {
    const segments = ref.startsWith('#') ? parsePointer(decodeURIComponent(ref.slice(1))) : undefined;
    return segments && valueAtPointer(document, segments);
  } catch {
    return undefined; // a stray percent sign
  }
}

/** The schema without the references in it that lead nowhere in the document: what they would have said is left open. */
export function withoutDeadRefs(schema: JsonObject | boolean, document: JsonObject): JsonObject | boolean {
  if (typeof schema === 'boolean') {
    return schema;
  }
  const { $ref, ...rest } = mapSubschemas(schema, (inner) => withoutDeadRefs(inner, document));
  const leads = typeof $ref === 'string' && isSchema(valueOfRef(document, $ref));
  return leads ? { ...rest, $ref } : rest;
}

function isSchema(value: JsonValue | undefined): boolean {
  return isObject(value) || typeof value === 'boolean';
}
