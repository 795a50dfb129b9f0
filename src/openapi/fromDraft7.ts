import { isObject, type JsonObject, type JsonValue } from '../aci/json.ts';
import { mapSubschemas, refTo } from './schema.ts';

/**
 * A JSON Schema of draft 7, as ajv reads it, in the words of OpenAPI 3.1 (2020-12), to stand at a place of a document: references within
 * it lead to that place. What leads elsewhere, or to a place by its name, is left open.
 * @param place the segments of the JSON Pointer at which it will stand.
 */
export function fromDraft7(schema: JsonObject, place: readonly string[]): JsonObject {
  return converted(schema, place, place) as JsonObject;
}

/** @param root where the schema stands whose `#` this is part of. */
function converted(
  schema: JsonObject | boolean,
  place: readonly string[],
  root: readonly string[],
): JsonObject | boolean {
  if (typeof schema === 'boolean') {
    return schema;
  }
  const { $id, $schema: _, ...rest } = schema;
  const ownRoot = typeof $id === 'string' && !$id.startsWith('#') ? place : root;
  const { $ref, items, additionalItems, dependencies, nullable, ...others } = mapSubschemas(
    rest,
    (inner, path) => converted(inner, [...place, ...path], ownRoot),
  );
  const isTuple = Array.isArray(items);
  return {
    ...others,
    ...(typeof $ref === 'string' &&
      /^#(?:\/|$)/.test($ref) && { $ref: `${refTo(...ownRoot)}${$ref.slice(1)}` }),
    ...(isTuple && { prefixItems: items, ...(additionalItems !== undefined && { items: additionalItems }) }),
    ...(!isTuple && items !== undefined && { items }),
    ...(isObject(dependencies) && dependent(dependencies)),
    // Not of draft 7, but of ajv: docs at https://ajv.js.org/json-schema.html#nullable
    ...(nullable === true && typeof others['type'] === 'string' && { type: [others['type'], 'null'] }),
  };
}

/** 2020-12 tells apart what draft 7 has under one word. */
function dependent(dependencies: JsonObject): JsonObject {
  const parts = Object.entries(dependencies);
  const of = (keep: (value: JsonValue) => boolean) =>
    Object.fromEntries(parts.filter(([, value]) => keep(value)));
  return {
    dependentRequired: of(Array.isArray),
    dependentSchemas: of((value) => !Array.isArray(value)),
  };
}
