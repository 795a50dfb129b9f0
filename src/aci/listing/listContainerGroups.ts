import pMap from 'p-map';
import { resourceIdOf } from '../containerGroupId.ts';
import type { ContainerGroups, ListedContainerGroup } from '../containerGroups.ts';
import { ArmError, ScopeNotAllowed } from '../errors.ts';
import { foldCase } from '../foldCase.ts';
import { type ListScope, listScopesOf, scopePath } from '../scopes.ts';
import { type ContainerGroupSummary, summaryOf } from './summary.ts';
import { type Patience, throughThrottles } from './throttle.ts';

export type ListQuery = {
  subscriptionId?: string | undefined;
  resourceGroup?: string | undefined;
  /** Only groups with this status, whatever its case. */
  status?: string | undefined;
  /** The most groups of one page. */
  top: number;
  /** Only groups after the one with this resource id. */
  after?: string | undefined;
};

/** What Azure refused while the rest was listed: a scope, or the state of one group. */
export type ListError = { scope: string; code: string; message: string };

export type ListPage = {
  value: ContainerGroupSummary[];
  errors: ListError[];
  /** The resource id after which the next page begins; undefined on the last one. */
  after?: string;
};

/** Enough to be quick, and few enough for ARM's token bucket of 25 reads a second to refill (facts/aci.md, Limits). */
const concurrency = 20;

/** A page for which more groups than this would have to be looked at is a short one. */
const mostGets = 1_000;

/**
 * Lists groups with their states, by resource id: one call for the subscriptions, one for each of them, and, as lists
 * carry no state, one for each group of the page. A scope or a group that Azure refuses is told of beside the rest.
 * @param scopes where to look; undefined for every subscription that the identity can see.
 * @throws ArmError when the subscriptions cannot be listed, or the one that the query names; ScopeNotAllowed when the query leaves
 *   nothing of `scopes`.
 */
export async function listContainerGroups(
  containerGroups: ContainerGroups,
  query: ListQuery,
  scopes: readonly string[] | undefined,
  patience: Patience,
): Promise<ListPage> {
  const errors: ListError[] = [];
  const read = <Answer>(call: () => Promise<Answer>) => throughThrottles(call, patience);
  const failed = (scope: string, { code, message }: ArmError) => errors.push({ scope, code, message });

  const listScopes = narrowed(await scopesToList(), query);
  if (scopes !== undefined && listScopes.length === 0) {
    const { subscriptionId = '*', resourceGroup } = query;
    throw new ScopeNotAllowed(scopePath({ subscriptionId, resourceGroup }));
  }
  const lists = await pMap(
    listScopes,
    async (scope) => {
      try {
        return await read(() => containerGroups.list(scope));
      } catch (error) {
        if (!(error instanceof ArmError) || (query.subscriptionId !== undefined && listScopes.length === 1)) {
          throw error;
        }
        // Over several subscriptions, a resource group that one of them does not have is nothing to tell of.
        if (error.code !== 'ResourceGroupNotFound' || query.resourceGroup === undefined) {
          failed(scopePath(scope), error);
        }
        return [];
      }
    },
    { concurrency },
  );
  const waiting = inOrder(lists.flat(), query.after);
  const value: ContainerGroupSummary[] = [];
  let examined = 0;
  while (examined < waiting.length && examined < mostGets && value.length < query.top) {
    const batch = waiting.slice(examined, examined + Math.max(concurrency, query.top - value.length));
    for (const summary of await pMap(batch, withState, { concurrency })) {
      if (value.length === query.top) {
        break;
      }
      examined += 1;
      if (summary && hasStatus(summary)) {
        value.push(summary);
      }
    }
  }
  const last = waiting[examined - 1];
  return { value, errors, ...(last && examined < waiting.length && { after: keyOf(last) }) };

  async function scopesToList(): Promise<ListScope[]> {
    if (scopes !== undefined) {
      return listScopesOf(scopes);
    }
    const ids = query.subscriptionId
      ? [query.subscriptionId]
      : await read(() => containerGroups.listSubscriptions());
    return ids.map((subscriptionId) => ({ subscriptionId }));
  }

  /** undefined when the group is gone by now. */
  async function withState({
    id,
    document,
  }: ListedContainerGroup): Promise<ContainerGroupSummary | undefined> {
    try {
      return summaryOf(id, document, await read(() => containerGroups.get(id)));
    } catch (error) {
      if (!(error instanceof ArmError)) {
        throw error;
      }
      if (error.status === 404) {
        return undefined;
      }
      failed(resourceIdOf(id), error);
      return summaryOf(id, document, undefined);
    }
  }

  function hasStatus({ status }: ContainerGroupSummary): boolean {
    return query.status === undefined || status.toLowerCase() === query.status.toLowerCase();
  }
}

/** The scopes, cut down to the subscription and the resource group that the query names. */
function narrowed(scopes: readonly ListScope[], { subscriptionId, resourceGroup }: ListQuery): ListScope[] {
  return scopes
    .filter((scope) => subscriptionId === undefined || isSame(scope.subscriptionId, subscriptionId))
    .filter(
      (scope) =>
        resourceGroup === undefined ||
        scope.resourceGroup === undefined ||
        isSame(scope.resourceGroup, resourceGroup),
    )
    .map((scope) => ({ ...scope, resourceGroup: scope.resourceGroup ?? resourceGroup }));
}

function inOrder(groups: readonly ListedContainerGroup[], after: string | undefined): ListedContainerGroup[] {
  return groups
    .map((group) => ({ group, key: keyOf(group) }))
    .filter(({ key }) => after === undefined || key > foldCase(after))
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ group }) => group);
}

function keyOf({ id }: ListedContainerGroup): string {
  return foldCase(resourceIdOf(id));
}

function isSame(one: string, other: string): boolean {
  return foldCase(one) === foldCase(other);
}
