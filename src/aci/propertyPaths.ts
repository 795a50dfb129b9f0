import { isObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * A place in a container group's document, in the notation of ACI's property list: members joined by dots, `[]` behind
 * an array of objects, `{key}` for any member of a map. `properties.volumes[].azureFile.storageAccountKey`
 */
export type PropertyPath = string;

/** The objects passed on the way to a property, the document first, the property's own parent last. */
export type Trail = readonly JsonObject[];

/**
 * Rewrites every object that may hold the property at the end of `path`; a document without such an object comes back
 * as it is. Nothing is mutated, and what is not rewritten is shared with the document given.
 * @param update gets the parent object and the property's name (`{key}` where the path ends in a map).
 */
export function updateParents<Document extends object>(
  document: Document,
  path: PropertyPath,
  update: (parent: JsonObject, member: string, trail: Trail) => JsonObject,
): Document {
  return updateNode(document as JsonValue, path.split('.'), update, []) as Document;
}

/** Every value that the document holds at `path`, with its trail; absent and null ones left out. */
export function valuesAt(document: object, path: PropertyPath): { value: JsonValue; trail: Trail }[] {
  const found: { value: JsonValue; trail: Trail }[] = [];
  updateParents(document, path, (parent, member, trail) => {
    const value = own(parent, member);
    if (value !== undefined && value !== null) {
      found.push({ value, trail });
    }
    return parent;
  });
  return found;
}

/** The document without what stands at `path`. */
export function withoutProperty<Document extends object>(document: Document, path: PropertyPath): Document {
  return updateParents(document, path, (parent, member) => {
    if (!Object.hasOwn(parent, member)) {
      return parent;
    }
    const { [member]: _dropped, ...rest } = parent;
    return rest;
  });
}

function updateNode(
  node: JsonValue,
  steps: string[],
  update: (parent: JsonObject, member: string, trail: Trail) => JsonObject,
  passed: Trail,
): JsonValue {
  if (!isObject(node)) {
    return node;
  }
  const [step = '', ...rest] = steps;
  const trail = [...passed, node];
  if (rest.length === 0) {
    return update(node, step, trail);
  }
  const members = step === '{key}' ? Object.keys(node) : [step.replace('[]', '')];
  let updated = node;
  for (const member of members) {
    const child = own(node, member);
    const next = Array.isArray(child)
      ? shareUnchanged(child, (item) => updateNode(item, rest, update, trail))
      : child !== undefined && updateNode(child, rest, update, trail);
    if (child !== undefined && next !== child) {
      updated = { ...updated, [member]: next as JsonValue };
    }
  }
  return updated;
}

function shareUnchanged(items: JsonValue[], update: (item: JsonValue) => JsonValue): JsonValue[] {
  const updated = items.map(update);
  return updated.every((item, index) => item === items[index]) ? items : updated;
}

function own(parent: JsonObject, member: string): JsonValue | undefined {
  return Object.hasOwn(parent, member) ? parent[member] : undefined;
}

/** The name of the nearest object on the trail that has one: the container, the volume or the group that the property belongs to. */
export function nameOf(trail: Trail): string {
  return String(trail.findLast((passed) => typeof passed['name'] === 'string')?.['name']);
}
