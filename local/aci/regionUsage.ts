import { type ContainerGroup, isSpot, totalRequest } from './document/containerGroup.ts';
import { hasEnded } from './life/instanceView.ts';
import { regionOf } from './region.ts';
import type { Store, StoredGroup } from './store.ts';

/** How much of a region a subscription takes up. */
export type RegionUsage = { containerGroups: number; cores: number; spotCores: number };

/** [U] that a group which has ended or was stopped still counts as a group, but no longer for its cores. */
export function regionUsage(
  store: Store,
  subscriptionId: string,
  location: string,
  without?: StoredGroup,
): RegionUsage {
  const usage = { containerGroups: 0, cores: 0, spotCores: 0 };
  for (const { groups } of store.subscription(subscriptionId)?.resourceGroups.values() ?? []) {
    for (const stored of groups.values()) {
      if (stored !== without && regionOf(stored.location) === regionOf(location)) {
        usage.containerGroups += 1;
        if (!hasEnded(stored.life.state())) {
          usage[isSpot(stored.group) ? 'spotCores' : 'cores'] += totalRequest(stored.group, 'cpu');
        }
      }
    }
  }
  return usage;
}

/** What one group takes up while it runs. */
export function usageOf(group: ContainerGroup): RegionUsage {
  const cores = totalRequest(group, 'cpu');
  return { containerGroups: 1, cores: isSpot(group) ? 0 : cores, spotCores: isSpot(group) ? cores : 0 };
}
