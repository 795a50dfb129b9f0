import { type ContainerGroupId, resourceIdOf } from './containerGroupId.ts';
import type { ContainerGroups } from './containerGroups.ts';
import { ScopeNotAllowed } from './errors.ts';
import { isInScopes } from './scopes.ts';

/** The same container groups, but that every call for one outside `scopes` rejects with ScopeNotAllowed and reaches nothing. */
export function scopedContainerGroups(
  containerGroups: ContainerGroups,
  scopes: readonly string[] | undefined,
): ContainerGroups {
  function inScope(id: ContainerGroupId): ContainerGroupId {
    if (!isInScopes(resourceIdOf(id), scopes)) {
      throw new ScopeNotAllowed(resourceIdOf(id));
    }
    return id;
  }
  return {
    get: async (id) => containerGroups.get(inScope(id)),
    createOrUpdate: async (id, document) => containerGroups.createOrUpdate(inScope(id), document),
    listLogs: async (id, ...rest) => containerGroups.listLogs(inScope(id), ...rest),
    ping: () => containerGroups.ping(),
  };
}
