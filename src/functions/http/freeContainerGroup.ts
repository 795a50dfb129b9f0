import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { ContainerGroups } from '../../aci/containerGroups.ts';
import { decidingContainer } from '../../jobs/decidingContainer.ts';
import { requireNoRun } from '../../runs/requireNoRun.ts';
import type { Collaborators } from '../collaborators.ts';
import { isForced } from './query.ts';

/**
 * Container groups as a request may use them, once the one that it is about is there and no run holds it.
 * @throws RunInProgress when a run does, unless the request is forced; ArmError when the group is not there.
 */
export async function freeContainerGroup(
  request: HttpRequest,
  id: ContainerGroupId,
  { config, containerGroupsFor }: Collaborators,
): Promise<ContainerGroups> {
  const force = isForced(request);
  const containerGroups = containerGroupsFor(request);
  const live = await containerGroups.get(id);
  if (!force) {
    requireNoRun(id, live, decidingContainer(config.jobs.values(), id));
  }
  return containerGroups;
}
