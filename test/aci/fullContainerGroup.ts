import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import { isObject, type JsonObject, type JsonValue } from '../../src/aci/json.ts';
import { containerGroupProperties, type Property } from './containerGroupProperties.ts';

/** Members that nobody has heard of, of every JSON type. */
const unheardOf: JsonObject = {
  futureText: 'ü',
  futureList: [1, { deep: null }],
  futureFlag: false,
  futureNumber: 0.1,
};

/**
 * A container group with a value for every property of ACI's list that `has` keeps, two items in every array, and
 * unknown members in every object.
 */
export function fullContainerGroup(has: (property: Property) => boolean): ContainerGroupDocument {
  const properties = containerGroupProperties().filter(
    (property) => (property.inStable === 'yes' || property.readOnly === 'effectively') && has(property),
  );
  const document: JsonObject = { ...unheardOf };
  for (const { path, type } of properties) {
    grow([document], path.split('.'), leafOf(path, type));
  }
  return document as unknown as ContainerGroupDocument;
}

function grow(parents: JsonObject[], [step = '', ...rest]: string[], leaf: JsonValue): void {
  const member = step === '{key}' ? 'anyKey' : step.replace('[]', '');
  for (const [index, parent] of parents.entries()) {
    if (rest.length === 0) {
      parent[member] ??= ['name', 'server'].includes(member) ? `${leaf}_${index}` : structuredClone(leaf);
      continue;
    }
    if (step.endsWith('[]') && !Array.isArray(parent[member])) {
      parent[member] = [{ ...unheardOf }, { ...unheardOf }];
    } else if (!isObject(parent[member]) && !Array.isArray(parent[member])) {
      parent[member] = { ...unheardOf };
    }
    const child = parent[member];
    grow((Array.isArray(child) ? child : [child]).filter(isObject), rest, leaf);
  }
}

function leafOf(path: string, type: string): JsonValue {
  if (type.endsWith('[]')) {
    return type.startsWith('object') ? [{ ...unheardOf }, { ...unheardOf }] : ['one', 'two'];
  }
  if (type.startsWith('object') || type.startsWith('map')) {
    return { ...unheardOf };
  }
  const [, array = '', member = ''] = /(?:(\w+)\[\]\.)?(\w+|\{key\})$/.exec(path) ?? [];
  const text = ['name', 'server'].includes(member) ? array : `some ${member}`;
  return { int: 7, number: 1.5, bool: true, any: { ...unheardOf } }[type] ?? text;
}
