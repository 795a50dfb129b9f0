import { type ContainerGroupId, resourceIdOf } from './containerGroupId.ts';
import type { ContainerGroups } from './containerGroups.ts';
import { ScopeNotAllowed } from './errors.ts';
import { isInScopes } from './scopes.ts';

/**
 * The same container groups, but that every call for one outside `scopes` rejects with ScopeNotAllowed and reaches nothing, and
 * that none outside is listed.
 */
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
    update: async (id, tags) => containerGroups.update(inScope(id), tags),
    delete: async (id) => containerGroups.delete(inScope(id)),
    start: async (id) => containerGroups.start(inScope(id)),
    stop: async (id) => containerGroups.stop(inScope(id)),
    restart: async (id) => containerGroups.restart(inScope(id)),
    listLogs: async (id, ...rest) => containerGroups.listLogs(inScope(id), ...rest),
    listMetrics: async (id, query) => containerGroups.listMetrics(inScope(id), query),
    list: async (scope) =>
      (await containerGroups.list(scope)).filter(({ id }) => isInScopes(resourceIdOf(id), scopes)),
    listSubscriptions: () => containerGroups.listSubscriptions(),
  };
}
