import { isJsonObject, type Json } from '../json.ts';
import type { SchemaNode } from './propertySchema.ts';

/** What the service keeps of a PUT: everything but its own members and nulls, which mean "left out". */
export function keepAccepted(schema: SchemaNode, document: Json): Json {
  return filterMembers(schema, document, (member, value) => !member.readOnly && value !== null);
}

/** What the service returns: everything but write-only values. */
export function keepReturned(schema: SchemaNode, document: Json): Json {
  return filterMembers(schema, document, (member) => !member.writeOnly);
}

/** Unknown members stay as they are: what they mean is not ours to judge. */
function filterMembers(
  schema: SchemaNode | undefined,
  value: Json,
  keep: (schema: SchemaNode, value: Json) => boolean,
): Json {
  if (!schema) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => filterMembers(schema.item, item, keep));
  }
  if (!isJsonObject(value) || schema.kind === 'any') {
    return value;
  }
  const schemaOf = (name: string) => (schema.kind === 'map' ? schema.item : schema.members.get(name));
  // Object.fromEntries defines members, so that one named __proto__ stays a member.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const member = schemaOf(name);
      return member && !keep(member, inner) ? [] : [[name, filterMembers(member, inner, keep)]];
    }),
  );
}
