import {
  type ContainerGroupId,
  parseContainerGroupId,
  resourceIdOf,
} from '../../src/aci/containerGroupId.ts';
import type { ContainerGroups } from '../../src/aci/containerGroups.ts';
import { allContainers, type ContainerGroupDocument } from '../../src/aci/document.ts';
import { ArmError } from '../../src/aci/errors.ts';
import type { ContainerUsage } from '../../src/aci/metrics/metrics.ts';

/** Container groups in memory: what is written is accepted, its secure values are never shown again, and nothing runs. */
export type InMemoryContainerGroups = ContainerGroups & {
  /** Each call so far, as its method's name with what it was for. */
  calls: string[];
  /** Each document that was written, with its secrets. */
  written: ContainerGroupDocument[];
  logs: string;
  /** What every group's containers have used. */
  usage: ContainerUsage[];
  /** What the next calls of a method reject with; a write still has its effect when `isEffective`. */
  failures: Partial<Record<keyof ContainerGroups, { error: unknown; isEffective?: boolean }>>;
  /** Every group as it is now, to be changed by a test. */
  all(): ContainerGroupDocument[];
  put(document: ContainerGroupDocument): void;
  /** Lets Azure be done with every write. */
  settle(): void;
};

export function inMemoryContainerGroups(...documents: ContainerGroupDocument[]): InMemoryContainerGroups {
  const groups = new Map<string, ContainerGroupDocument>();
  const keyOf = (resourceId: string) => resourceId.toLowerCase();

  function find(id: ContainerGroupId): ContainerGroupDocument {
    const group = groups.get(keyOf(resourceIdOf(id)));
    if (!group) {
      throw new ArmError({
        code: 'ResourceNotFound',
        message: `The Resource 'Microsoft.ContainerInstance/containerGroups/${id.name}' was not found.`,
        status: 404,
      });
    }
    return group;
  }

  const memory: InMemoryContainerGroups = {
    calls: [],
    written: [],
    logs: '',
    usage: [],
    failures: {},
    all: () => [...groups.values()],
    put(document) {
      groups.set(keyOf(document.id ?? ''), structuredClone(document));
    },
    settle() {
      for (const { properties } of groups.values()) {
        properties.provisioningState = 'Succeeded';
      }
    },
    async get(id) {
      memory.calls.push(`get ${id.name}`);
      fail('get');
      return structuredClone(find(id));
    },
    async createOrUpdate(id, document) {
      memory.calls.push(`createOrUpdate ${id.name}`);
      const failure = memory.failures.createOrUpdate;
      if (!failure || failure.isEffective) {
        memory.written.push(structuredClone(document));
        memory.put(accepted(id, document));
      }
      fail('createOrUpdate');
      return 'Pending';
    },
    async listLogs(id, container, options) {
      memory.calls.push(`listLogs ${id.name} ${container} ${JSON.stringify(options)}`);
      fail('listLogs');
      find(id);
      return memory.logs;
    },
    async listMetrics(id, { timespan, interval }) {
      const [start, end] = [timespan.start, timespan.end].map((time) => new Date(time).toISOString());
      memory.calls.push(`listMetrics ${id.name} ${start}/${end} ${interval}`);
      fail('listMetrics');
      find(id);
      return { timespan: { start: start ?? '', end: end ?? '' }, interval, containers: memory.usage };
    },
    async update(id, tags) {
      memory.calls.push(`update ${id.name}`);
      fail('update');
      memory.put({ ...find(id), tags });
    },
    async delete(id) {
      memory.calls.push(`delete ${id.name}`);
      fail('delete');
      groups.delete(keyOf(resourceIdOf(id)));
    },
    async start(id) {
      memory.calls.push(`start ${id.name}`);
      fail('start');
      find(id);
    },
    async stop(id) {
      memory.calls.push(`stop ${id.name}`);
      fail('stop');
      find(id);
    },
    async restart(id) {
      memory.calls.push(`restart ${id.name}`);
      fail('restart');
      find(id);
    },
    async list({ subscriptionId, resourceGroup }) {
      memory.calls.push('list');
      fail('list');
      return [...groups.values()].flatMap((document) => {
        const id = parseContainerGroupId(document.id ?? '');
        const isIn =
          id?.subscriptionId === subscriptionId &&
          (resourceGroup === undefined || id.resourceGroup === resourceGroup);
        return id && isIn ? [{ id, document: structuredClone(document) }] : [];
      });
    },
    async listSubscriptions() {
      memory.calls.push('listSubscriptions');
      fail('listSubscriptions');
      const ids = [...groups.values()].map(({ id = '' }) => parseContainerGroupId(id)?.subscriptionId ?? '');
      return [...new Set(ids)];
    },
  };

  function fail(method: keyof ContainerGroups): void {
    const failure = memory.failures[method];
    if (failure) {
      throw failure.error;
    }
  }

  for (const document of documents) {
    memory.put(document);
  }
  return memory;
}

function accepted(id: ContainerGroupId, written: ContainerGroupDocument): ContainerGroupDocument {
  const after = structuredClone({
    ...written,
    id: resourceIdOf(id),
    name: id.name,
  }) as ContainerGroupDocument;
  after.properties.provisioningState = 'Pending';
  for (const { properties } of allContainers(after)) {
    for (const variable of properties.environmentVariables ?? []) {
      delete variable.secureValue;
    }
  }
  return after;
}
