import { isObject, type JsonObject, type JsonValue } from '../aci/json.ts';
import { mapSubschemas, valueOfRef } from './schema.ts';

/** The keywords that mean the same in both; what is not here is not in OpenAPI 2.0. */
const kept = [
  ...['title', 'description', 'default', 'format', 'enum', 'pattern', 'multipleOf', 'maximum', 'minimum'],
  ...['maxLength', 'minLength', 'maxItems', 'minItems', 'uniqueItems', 'maxProperties', 'minProperties'],
];

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];

/**
 * A schema of OpenAPI 3.1 in the words of 2.0 (https://spec.openapis.org/oas/v2.0, Schema Object). What 2.0 has no words for is left out, so
 * that whatever fits the schema fits this one, too.
 * @param document of OpenAPI 3.1, in which references are looked up.
 */
export function toSwaggerSchema(schema: JsonValue, document: JsonObject): JsonObject {
  if (!isObject(schema)) {
    return {};
  }
  if (typeof schema['$ref'] === 'string') {
    return { $ref: schema['$ref'].replace(/^#\/components\/schemas\//, '#/definitions/') };
  }
  const {
    type,
    const: only,
    properties,
    items,
    additionalProperties,
    allOf,
    patternProperties,
    prefixItems,
  } = mapSubschemas(schema, (inner, [keyword]) =>
    keyword === 'additionalProperties' && typeof inner === 'boolean'
      ? inner
      : toSwaggerSchema(inner, document),
  );
  const required = schema['required'];
  return {
    ...merged(schema, document),
    ...Object.fromEntries(
      Object.entries(schema).filter(([name]) => kept.includes(name) || name.startsWith('x-')),
    ),
    ...typed(type),
    ...(only !== undefined && { enum: [only] }),
    ...limits(schema),
    ...(Array.isArray(required) && required.length > 0 && { required }),
    ...(isObject(properties) && { properties: labelled(properties) }),
    ...(additionalProperties !== undefined && patternProperties === undefined && { additionalProperties }),
    ...(type === 'array' && { items: prefixItems === undefined ? (items ?? {}) : {} }),
    ...(Array.isArray(allOf) && allOf.length > 0 && { allOf }),
  };
}

/** A list of types may hold null, for which there is no word. */
function typed(type: JsonValue | undefined): JsonObject {
  const [only, ...others] = Array.isArray(type) ? type : [type];
  return typeof only === 'string' && others.length === 0 && types.includes(only) ? { type: only } : {};
}

/** An exclusive limit is a number by itself in 3.1, and a flag of the other one in 2.0. */
function limits({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonObject): JsonObject {
  return {
    ...(typeof exclusiveMinimum === 'number' &&
      !(typeof minimum === 'number' && minimum > exclusiveMinimum) && {
        minimum: exclusiveMinimum,
        exclusiveMinimum: true,
      }),
    ...(typeof exclusiveMaximum === 'number' &&
      !(typeof maximum === 'number' && maximum < exclusiveMaximum) && {
        maximum: exclusiveMaximum,
        exclusiveMaximum: true,
      }),
  };
}

/** A connector shows this for the name of a member. */
function labelled(properties: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [
      name,
      isObject(schema) && schema['$ref'] === undefined
        ? { 'x-ms-summary': inWords(name), ...schema }
        : schema,
    ]),
  );
}

/** `timeoutSeconds` as `Timeout seconds`; what is not in camel case as it is. */
export function inWords(name: string): string {
  if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
    return name;
  }
  const words = name.replaceAll(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, letter: string) => `${before} ${letter.toLowerCase()}`,
  );
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** The schemas that every app has, which are not about themselves; those of a job have a dot in their names. */
const sharedSchema = /^#\/components\/schemas\/\w+$/;

/**
 * Answers of which there is one, as one object that has the members of all: members of one name mean one thing there. In a job's
 * contract they may mean two, and references may lead back to where they stand, so that nothing is said of its alternatives.
 */
function merged({ anyOf }: JsonObject, document: JsonObject): JsonObject {
  const alternatives = (Array.isArray(anyOf) ? anyOf : []).map((each) =>
    isObject(each) && typeof each['$ref'] === 'string' && sharedSchema.test(each['$ref'])
      ? valueOfRef(document, each['$ref'])
      : undefined,
  );
  if (alternatives.length === 0 || !alternatives.every(isObjectSchema)) {
    return {};
  }
  const properties: JsonObject = {};
  for (const [name, schema] of alternatives.flatMap((each) => Object.entries(each.properties))) {
    const other = properties[name];
    properties[name] = other === undefined ? schema : common(schema, other);
  }
  return toSwaggerSchema({ type: 'object', properties }, document);
}

function isObjectSchema(schema: JsonValue | undefined): schema is { type: 'object'; properties: JsonObject } {
  return isObject(schema) && schema['type'] === 'object' && isObject(schema['properties']);
}

/** What two schemas have in common: all of it, or their type. */
function common(one: JsonValue, other: JsonValue): JsonValue {
  if (JSON.stringify(one) === JSON.stringify(other)) {
    return one;
  }
  return isObject(one) && isObject(other) && one['type'] !== undefined && one['type'] === other['type']
    ? { type: one['type'] }
    : {};
}
