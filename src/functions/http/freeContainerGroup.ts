import type { HttpRequest } from '@azure/functions';
import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { ContainerGroups } from '../../aci/containerGroups.ts';
import { RunInProgress } from '../../aci/errors.ts';
import type { Collaborators } from '../collaborators.ts';
import { isForced } from './query.ts';
import { requireReadable } from './requireReadable.ts';

/**
 * Container groups as a request may use them, once no run holds the one that it is about.
 * @throws RunInProgress when a run does, unless the request is forced; as `requireReadable`, for the answer names that run.
 */
export async function freeContainerGroup(
  request: HttpRequest,
  id: ContainerGroupId,
  collaborators: Collaborators,
): Promise<ContainerGroups> {
  const { requests, containerGroupsFor } = collaborators;
  const force = isForced(request);
  const containerGroups = containerGroupsFor(request);
  const { current } = force ? {} : (await requests.store.head(id)).value;
  if (current !== undefined) {
    await requireReadable(request, id, collaborators);
    throw new RunInProgress(current);
  }
  return containerGroups;
}
