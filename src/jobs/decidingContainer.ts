import { type ContainerGroupId, resourceIdOf } from '../aci/containerGroupId.ts';
import { foldCase } from '../aci/foldCase.ts';
import type { Job } from './job.ts';

/**
 * The container whose end is the end of a group's runs: the one that the jobs of the group name, when they name the same. Until
 * runs are stored, nothing tells by which job a run was started.
 */
export function decidingContainer(jobs: Iterable<Job>, id: ContainerGroupId): string | undefined {
  const key = foldCase(resourceIdOf(id));
  const named = [...jobs].filter((job) => foldCase(resourceIdOf(job.containerGroup)) === key);
  const [container, ...others] = new Set(named.map((job) => job.container));
  return others.length === 0 ? container : undefined;
}
