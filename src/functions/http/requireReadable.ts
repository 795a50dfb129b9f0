import type { HttpRequest } from '@azure/functions';
import { type ContainerGroupId, resourceIdOf } from '../../aci/containerGroupId.ts';
import { ScopeNotAllowed } from '../../aci/errors.ts';
import { isInScopes } from '../../aci/scopes.ts';
import type { Collaborators } from '../collaborators.ts';

/**
 * Lets what is stored of a group be read by who may see the group: it must be in ALLOWED_SCOPES, and where callers bring their own
 * tokens ARM must show it to them.
 * @throws ScopeNotAllowed, CallerTokenRequired, ArmError.
 */
export async function requireReadable(
  request: HttpRequest,
  id: ContainerGroupId,
  { config, containerGroupsFor }: Pick<Collaborators, 'config' | 'containerGroupsFor'>,
): Promise<void> {
  if (!isInScopes(resourceIdOf(id), config.scopes)) {
    throw new ScopeNotAllowed(resourceIdOf(id));
  }
  if (config.arm.credential === 'caller') {
    await containerGroupsFor(request).get(id);
  }
}
