import type { ArmCall } from './armCall.ts';
import { type ContainerGroupId, parseContainerGroupId, resourceIdOf } from './containerGroupId.ts';
import type { ContainerGroups, ListedContainerGroup } from './containerGroups.ts';
import { asContainerGroup, type ContainerGroupDocument } from './document.ts';
import { ArmError } from './errors.ts';
import { isObject } from './json.ts';
import { metricsParameters } from './metrics/metricsParameters.ts';
import { readMetrics } from './metrics/readMetrics.ts';
import { scopePath } from './scopes.ts';
import { secretValuesOf } from './secretValues.ts';

/** The newest stable version, for GET and PUT alike: what a group holds today is answered in full (facts/aci.md). */
const apiVersion = '2026-07-01';
const subscriptionsApiVersion = '2022-12-01';

/** More pages than any subscription fills: a list that goes on for longer goes round in circles. */
const mostPages = 200;

/** Container groups over ARM. */
export function armContainerGroups(call: ArmCall): ContainerGroups {
  const post = (verb: string) => async (id: ContainerGroupId) => {
    await call({ method: 'POST' }, target(`${resourceIdOf(id)}/${verb}`));
  };
  return {
    async get(id) {
      return asContainerGroup(await call({ method: 'GET' }, target(resourceIdOf(id))));
    },
    async createOrUpdate(id, document) {
      const body = JSON.stringify(document);
      const answer = await call({ method: 'PUT', body }, target(resourceIdOf(id))).catch((error: unknown) => {
        throw error instanceof ArmError ? error.masking(secretValuesOf(document)) : error;
      });
      const properties = isObject(answer) ? answer['properties'] : undefined;
      const state = isObject(properties) ? properties['provisioningState'] : undefined;
      return typeof state === 'string' ? state : undefined;
    },
    async update(id, tags) {
      await call({ method: 'PATCH', body: JSON.stringify({ tags }) }, target(resourceIdOf(id)));
    },
    async delete(id) {
      await call({ method: 'DELETE' }, target(resourceIdOf(id)));
    },
    start: post('start'),
    stop: post('stop'),
    restart: post('restart'),
    async listLogs(id, container, { tail, timestamps }) {
      const answer = await call(
        { method: 'GET' },
        target(`${resourceIdOf(id)}/containers/${container}/logs`, {
          ...(tail !== undefined && { tail: String(tail) }),
          ...(timestamps !== undefined && { timestamps: String(timestamps) }),
        }),
      );
      if (!isObject(answer)) {
        throw unexpected('no logs');
      }
      return typeof answer['content'] === 'string' ? answer['content'] : '';
    },
    async listMetrics(id, query) {
      const path = `${resourceIdOf(id)}/providers/Microsoft.Insights/metrics`;
      return readMetrics(await call({ method: 'GET' }, target(path, metricsParameters(query))), query);
    },
    async list(scope) {
      const path = `${scopePath(scope)}/providers/Microsoft.ContainerInstance/containerGroups`;
      return (await pages(call, target(path))).flatMap(listed);
    },
    async listSubscriptions() {
      const all = await pages(call, target('/subscriptions', { 'api-version': subscriptionsApiVersion }));
      return all.map((subscription) => {
        if (!isObject(subscription) || typeof subscription['subscriptionId'] !== 'string') {
          throw unexpected('a list of something else than subscriptions');
        }
        return subscription['subscriptionId'];
      });
    },
  };
}

/** The items of a list, from all of its pages. */
async function pages(call: ArmCall, first: string): Promise<unknown[]> {
  const items: unknown[] = [];
  const seen = new Set<string>();
  let next: unknown = first;
  while (typeof next === 'string' && next !== '') {
    const answer =
      seen.has(next) || seen.size === mostPages ? undefined : await call({ method: 'GET' }, next);
    if (!isObject(answer) || !Array.isArray(answer['value'])) {
      throw unexpected('no list');
    }
    for (const item of answer['value']) {
      items.push(item);
    }
    seen.add(next);
    next = answer['nextLink'];
  }
  return items;
}

/** An item as it is worth listing; a GET tells the rest, and one without an id there is nothing to ask for. */
function listed(item: unknown): ListedContainerGroup[] {
  const id = isObject(item) && typeof item['id'] === 'string' ? parseContainerGroupId(item['id']) : undefined;
  return id === undefined ? [] : [{ id, document: listedDocument(item) }];
}

function listedDocument(item: unknown): ContainerGroupDocument {
  try {
    return asContainerGroup(item);
  } catch {
    return { properties: { containers: [] } };
  }
}

function target(path: string, query: Record<string, string> = {}): string {
  return `${encodeURI(path)}?${new URLSearchParams({ 'api-version': apiVersion, ...query })}`;
}

function unexpected(what: string): ArmError {
  return new ArmError({ code: 'UnexpectedAnswer', message: `Azure Resource Manager answered ${what}.` });
}
