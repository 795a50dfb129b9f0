import type { BicepFault } from '../bicep/ast.ts';
import type { ResourceType } from '../types/resourceTypes.ts';
import { checkFile } from './checkFile.ts';
import { checkParametersFile } from './checkParametersFile.ts';
import { type Project, readProject } from './project.ts';
import { scopeOf } from './scope.ts';

export type Checked = {
  project: Project;
  faults: BicepFault[];
  /** What was taken as it is. */
  unchecked: BicepFault[];
};

/**
 * Reads main.bicep of a folder and all that it leads to, and finds what is wrong, as far as that shows without Bicep's compiler.
 * @param onLook gets every object type of a resource that is looked at.
 */
export function checkProject(
  folder: string,
  types: Readonly<Record<string, ResourceType>>,
  onLook: (resource: ResourceType, type: string) => void = () => undefined,
): Checked {
  const project = readProject(folder);
  const faults = [...project.faults];
  const unchecked: BicepFault[] = [];
  for (const file of project.files.values()) {
    checkFile(scopeOf(project, file, { types, onLook, faults, unchecked }));
  }
  faults.push(...checkParametersFile(project));
  return { project, faults: distinct(faults), unchecked: distinct(unchecked) };
}

function distinct(faults: BicepFault[]): BicepFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}
