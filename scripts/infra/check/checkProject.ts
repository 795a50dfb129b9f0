import type { BicepFault } from '../bicep/ast.ts';
import type { ResourceType } from '../types/resourceTypes.ts';
import { checkFile } from './checkFile.ts';
import { checkParametersFile } from './checkParametersFile.ts';
import type { Project } from './project.ts';
import { scopeOf } from './scope.ts';

export type Checked = {
  faults: BicepFault[];
  /** What was taken as it is. */
  unchecked: BicepFault[];
};

/**
 * Finds what is wrong in a project, as far as that shows without Bicep's compiler.
 * @param onLook gets every object type of a resource that is looked at.
 */
export function checkProject(
  project: Project,
  types: Readonly<Record<string, ResourceType>>,
  onLook: (resource: ResourceType, type: string) => void = () => undefined,
): Checked {
  const faults = [...project.faults];
  const unchecked: BicepFault[] = [];
  for (const file of project.files.values()) {
    checkFile(scopeOf(project, file, { types, onLook, faults, unchecked }));
  }
  faults.push(...checkParametersFile(project));
  return { faults: distinct(faults), unchecked: distinct(unchecked) };
}

function distinct(faults: BicepFault[]): BicepFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
