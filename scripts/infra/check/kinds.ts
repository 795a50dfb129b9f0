import type { BicepFile } from '../bicep/ast.ts';
import type { ObjectType, ResourceType } from '../types/resourceTypes.ts';

/** What is known of an expression's value without deploying anything. */
export type Kind =
  | { of: 'unknown' }
  | { of: 'string' | 'int' | 'bool' | 'null' }
  | { of: 'array'; item: Kind }
  | { of: 'object'; members: ReadonlyMap<string, Kind> | undefined }
  /** One of these values, which a file of the project holds. */
  | { of: 'json'; values: readonly unknown[] }
  | { of: 'resource' | 'typed'; object: ObjectType; resource: ResourceType }
  | { of: 'module'; file: BicepFile };

export const unknown: Kind = { of: 'unknown' };

/** The kind of a declared type, such as that of a parameter. */
export function declaredKind(type: string): Kind {
  switch (type) {
    case 'string':
    case 'int':
    case 'bool':
      return { of: type };
    case 'array':
      return { of: 'array', item: unknown };
    case 'object':
      return { of: 'object', members: undefined };
    default:
      return unknown;
  }
}

/** The word that a type is declared by; undefined where the kind does not say. */
export function basicKind(kind: Kind): 'string' | 'int' | 'bool' | 'array' | 'object' | 'null' | undefined {
  switch (kind.of) {
    case 'string':
    case 'int':
    case 'bool':
    case 'null':
    case 'array':
    case 'object':
      return kind.of;
    case 'typed':
    case 'resource':
    case 'module':
      return 'object';
    case 'json': {
      const kinds = new Set(kind.values.map(basicOfJson));
      return kinds.size === 1 ? [...kinds][0] : undefined;
    }
    default:
      return undefined;
  }
}

/** What a list holds. */
export function itemOf(kind: Kind): Kind {
  if (kind.of === 'array') {
    return kind.item;
  }
  return kind.of === 'json' && kind.values.every(Array.isArray)
    ? { of: 'json', values: kind.values.flat() }
    : unknown;
}

function basicOfJson(value: unknown): ReturnType<typeof basicKind> {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  const names = { string: 'string', number: 'int', boolean: 'bool', object: 'object' } as const;
  return names[typeof value as keyof typeof names];
}
