import type { ContainerGroupId } from './containerGroupId.ts';
import type { ContainerGroupDocument } from './document.ts';
import type { ContainerGroupMetrics, MetricsQuery } from './metrics/metrics.ts';
import type { ListScope } from './scopes.ts';

export type LogOptions = {
  /** How many of the last lines; all that ACI still has, without it. */
  tail?: number | undefined;
  /** Whether each line starts with its time. */
  timestamps?: boolean | undefined;
};

/** A group as ARM lists it: without any instance view, and so without its state. */
export type ListedContainerGroup = { id: ContainerGroupId; document: ContainerGroupDocument };

/**
 * Container groups as Azure holds them. Every call may reject with an `ArmError`, and is made once: what may be tried
 * again, and when, is for whoever knows what it is for. The verbs are those of the Azure SDK.
 */
export type ContainerGroups = {
  get(id: ContainerGroupId): Promise<ContainerGroupDocument>;
  /**
   * Writes the whole group; resolves as soon as ARM has accepted it, long before the containers start, with the
   * provisioning state that ARM tells.
   */
  createOrUpdate(id: ContainerGroupId, document: ContainerGroupDocument): Promise<string | undefined>;
  /** Replaces the group's whole tag map. */
  update(id: ContainerGroupId, tags: Record<string, string>): Promise<void>;
  /** Resolves when the group is gone, also when there was none. */
  delete(id: ContainerGroupId): Promise<void>;
  start(id: ContainerGroupId): Promise<void>;
  stop(id: ContainerGroupId): Promise<void>;
  restart(id: ContainerGroupId): Promise<void>;
  /** What the container has printed, as far as ACI still has it. */
  listLogs(id: ContainerGroupId, container: string, options: LogOptions): Promise<string>;
  /** What its containers have used of CPU and memory, by Azure Monitor: it measures Linux alone, and is minutes late. */
  listMetrics(id: ContainerGroupId, query: MetricsQuery): Promise<ContainerGroupMetrics>;
  /** Every group of a subscription, or of one resource group in it. */
  list(scope: ListScope): Promise<ListedContainerGroup[]>;
  /** The ids of the subscriptions that the identity can see. */
  listSubscriptions(): Promise<string[]>;
};
