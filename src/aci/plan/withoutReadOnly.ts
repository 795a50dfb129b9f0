import type { ContainerGroupDocument } from '../document.ts';
import { readOnlyProperties } from '../properties.ts';
import { withoutProperty } from '../propertyPaths.ts';

/** The group without what ARM answers and refuses to take back. */
export function withoutReadOnly(document: ContainerGroupDocument): ContainerGroupDocument {
  return readOnlyProperties.reduce((rest, path) => withoutProperty(rest, path), document);
}
