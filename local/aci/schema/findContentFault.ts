import { isJsonObject, type Json } from '../json.ts';
import type { SchemaNode } from './propertySchema.ts';

export type ContentChecks = { rejectUnknownMembers: boolean };

/**
 * Finds the first thing in a PUT's document that the service could not deserialize.
 *
 * Never quotes a value: it could be a secret.
 * @returns the words that InvalidRequestContent carries, or undefined.
 */
export function findContentFault(
  schema: SchemaNode,
  value: Json,
  checks: ContentChecks,
  path = '',
): string | undefined {
  // What the service sets itself it does not read, and null is the same as left out.
  if (schema.readOnly || value === null) {
    return undefined;
  }
  switch (schema.kind) {
    case 'any':
      return undefined;
    case 'string':
      return typeof value === 'string'
        ? findValueFault(schema, value, path)
        : wrongType('String', value, path);
    case 'bool':
      return typeof value === 'boolean' ? undefined : wrongType('Boolean', value, path);
    case 'int':
      return Number.isInteger(value) ? undefined : wrongType('Integer', value, path);
    case 'number':
      return Number.isFinite(value) ? undefined : wrongType('Float', value, path);
    case 'array':
      return Array.isArray(value)
        ? firstFault(value.entries(), ([index, one]) =>
            findItemFault(schema, one, checks, `${path}[${index}]`),
          )
        : wrongType('Array', value, path);
    case 'map':
      return isJsonObject(value)
        ? firstFault(Object.entries(value), ([name, one]) =>
            findItemFault(schema, one, checks, `${path}['${name}']`),
          )
        : wrongType('Object', value, path);
    case 'object':
      return isJsonObject(value)
        ? (firstFault(Object.entries(value), ([name, one]) =>
            findMemberFault(schema, name, one, checks, path),
          ) ?? findMissing(schema, value, path))
        : wrongType('Object', value, path);
  }
}

function findMemberFault(schema: SchemaNode, name: string, value: Json, checks: ContentChecks, path: string) {
  const inner = path === '' ? name : `${path}.${name}`;
  const member = schema.members.get(name);
  if (member) {
    return findContentFault(member, value, checks, inner);
  }
  return checks.rejectUnknownMembers
    ? `Could not find member '${name}' on object of type '${schema.typeName}'. Path '${inner}'`
    : undefined;
}

function findItemFault(schema: SchemaNode, value: Json, checks: ContentChecks, path: string) {
  // [U] A null among a list's elements, or as a map's value, is not "left out": the emulator refuses it.
  return value === null || !schema.item
    ? wrongType(schema.item?.kind ?? 'value', value, path)
    : findContentFault(schema.item, value, checks, path);
}

function findMissing(schema: SchemaNode, value: { [member: string]: Json }, path: string) {
  for (const [name, member] of schema.members) {
    // [U] that the service words it so.
    if (member.required && !member.readOnly && (!Object.hasOwn(value, name) || value[name] === null)) {
      return `Required property '${name}' not found in JSON. Path '${path}'`;
    }
  }
  return undefined;
}

function findValueFault(schema: SchemaNode, value: string, path: string): string | undefined {
  const isKnown = schema.values?.some((one) => one.toLowerCase() === value.toLowerCase()) ?? true;
  return isKnown
    ? undefined
    : `Requested value was not found in ${schema.values?.join(', ')}. Path '${path}'`;
}

function firstFault<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = find(item);
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

function wrongType(wanted: string, value: Json, path: string): string {
  const found = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return `Unexpected ${found} while reading, expected ${wanted}. Path '${path}'`;
}
