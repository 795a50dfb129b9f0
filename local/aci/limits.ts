/** Holds so many tokens when full; each request takes one. One that is not endless must refill: above 0 a second. */
export type Bucket = { capacity: number; refillPerSecond: number };

/** How much the service takes. Infinity is no limit. */
export type Limits = {
  /** Container groups of a subscription in a region. */
  containerGroups: number;
  /** Cores of a subscription's groups in a region: as many again for those of priority Spot [U]. */
  cores: number;
  /** PUTs of container groups by a subscription; as many DELETEs. [U] which of them count: here each one does. */
  resourceRequestsPerHour: number;
  resourceRequestsPer5Minutes: number;
  /** ARM's own, for each subscription and principal. */
  reads: Bucket;
  writes: Bucket;
  deletes: Bucket;
};

/** The service's numbers (documented; those of a subscription can be raised on request). */
export const defaultLimits: Limits = {
  containerGroups: 100,
  cores: 100,
  resourceRequestsPerHour: 300,
  resourceRequestsPer5Minutes: 100,
  reads: { capacity: 250, refillPerSecond: 25 },
  writes: { capacity: 200, refillPerSecond: 10 },
  deletes: { capacity: 200, refillPerSecond: 10 },
};

const endless: Bucket = { capacity: Number.POSITIVE_INFINITY, refillPerSecond: 0 };

/** Nothing is refused for there being too much of it. */
export const noLimits: Limits = {
  containerGroups: Number.POSITIVE_INFINITY,
  cores: Number.POSITIVE_INFINITY,
  resourceRequestsPerHour: Number.POSITIVE_INFINITY,
  resourceRequestsPer5Minutes: Number.POSITIVE_INFINITY,
  reads: endless,
  writes: endless,
  deletes: endless,
};

/** What one group may ask for, by its priority. Documented. */
export const largestGroup = {
  regular: { cpu: 31, memoryInGB: 240 },
  spot: { cpu: 4, memoryInGB: 16 },
} as const;
