import type { ArmError } from '../armErrors.ts';
import { containerGroupQuotaReached } from '../containerGroupErrors.ts';
import type { Limits } from '../limits.ts';
import { regionOf } from '../region.ts';
import type { RegionUsage } from '../regionUsage.ts';

/** The quotas of a region: what the service calls each, and how many of it a subscription may have. */
export function regionQuotas(limits: Limits) {
  return [
    {
      member: 'containerGroups',
      name: 'ContainerGroups',
      words: 'Container Groups',
      limit: limits.containerGroups,
    },
    { member: 'cores', name: 'StandardCores', words: 'Standard Cores', limit: limits.cores },
    { member: 'spotCores', name: 'StandardSpotCores', words: 'Standard Spot Cores', limit: limits.cores },
  ] as const;
}

/** Refuses a group that would take a subscription over one of its quotas in a region. */
export function refuseQuota(
  limits: Limits,
  location: string,
  usage: RegionUsage,
  requested: RegionUsage,
): ArmError | undefined {
  for (const { member, name, limit } of regionQuotas(limits)) {
    if (requested[member] > 0 && usage[member] + requested[member] > limit) {
      const numbers = { limit, usage: usage[member], requested: requested[member] };
      return containerGroupQuotaReached(name, regionOf(location), numbers);
    }
  }
  return undefined;
}
