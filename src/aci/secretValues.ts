import type { ContainerGroupDocument } from './document.ts';
import { secureVariableProperties, writeOnlyProperties } from './properties.ts';
import { updateParents } from './propertyPaths.ts';

/** Shorter values would tear other words apart, and can be guessed anyway. */
const fewestCharacters = 4;

/** Places that ARM does not mark as secret, and that hold secrets all the same. */
const guardedProperties = [
  'properties.extensions[].properties.protectedSettings.{key}',
  'properties.containers[].properties.livenessProbe.httpGet.httpHeaders[].value',
  'properties.containers[].properties.readinessProbe.httpGet.httpHeaders[].value',
];

/** Every value of a document that is not to be shown. */
export function secretValuesOf(document: ContainerGroupDocument): string[] {
  const values: string[] = [];
  const writeOnly = writeOnlyProperties.map((property) => property.path);
  for (const path of [...secureVariableProperties, ...writeOnly, ...guardedProperties]) {
    updateParents(document, path, (parent, member) => {
      const found = member === '{key}' ? Object.values(parent) : [parent[member]];
      values.push(...found.filter((value) => typeof value === 'string'));
      return parent;
    });
  }
  return values.filter(({ length }) => length >= fewestCharacters);
}
