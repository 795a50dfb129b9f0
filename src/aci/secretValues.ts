import type { ContainerGroupDocument } from './document.ts';
import { secureVariableProperties, writeOnlyProperties } from './properties.ts';
import { updateParents } from './propertyPaths.ts';

/** Shorter values would tear other words apart, and can be guessed anyway. */
const fewestCharacters = 4;

/** Every value of a document that ARM itself would never show. */
export function secretValuesOf(document: ContainerGroupDocument): string[] {
  const values: string[] = [];
  for (const path of [...secureVariableProperties, ...writeOnlyProperties.map((property) => property.path)]) {
    updateParents(document, path, (parent, member) => {
      const found = member === '{key}' ? Object.values(parent) : [parent[member]];
      values.push(...found.filter((value) => typeof value === 'string'));
      return parent;
    });
  }
  return values.filter(({ length }) => length >= fewestCharacters);
}
