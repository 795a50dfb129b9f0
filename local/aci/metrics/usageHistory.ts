import { createBoundedMap } from '../boundedMap.ts';

export const minuteMs = 60_000;

/** A week; the service keeps 93 days. */
const keptMinutes = 7 * 24 * 60;

/** What was measured in one minute, or in several. */
export type Summary = { count: number; sum: number; minimum: number; maximum: number };

export type MeasuredMetric = 'CpuUsage' | 'MemoryUsage';

/** The minutes of one container, by the minute's beginning. */
type Minutes = Map<number, Summary>;

export type UsageHistory = {
  /** @param at milliseconds since 1970. */
  add(group: string, container: string, metric: MeasuredMetric, at: number, value: number): void;
  /** By container, in the order in which they were first measured. */
  of(group: string, metric: MeasuredMetric): { container: string; minutes: ReadonlyMap<number, Summary> }[];
};

/** Keeps what containers have used, summed up by minutes. A group keeps it when it is written again, and when it is deleted [U]. */
export function createUsageHistory(): UsageHistory {
  const groups = createBoundedMap<string, Map<string, Record<MeasuredMetric, Minutes>>>(1_000);
  return {
    add(group, container, metric, at, value) {
      const containers = groups.get(group) ?? new Map();
      const measured = containers.get(container) ?? { CpuUsage: new Map(), MemoryUsage: new Map() };
      const minutes: Minutes = measured[metric];
      const minute = Math.floor(at / minuteMs) * minuteMs;
      const one = { count: 1, sum: value, minimum: value, maximum: value };
      const known = minutes.get(minute);
      minutes.set(minute, known ? merged(known, one) : one);
      if (minutes.size > keptMinutes) {
        minutes.delete(minutes.keys().next().value ?? 0);
      }
      containers.set(container, measured);
      groups.set(group, containers);
    },
    of: (group, metric) =>
      [...(groups.get(group) ?? [])].map(([container, measured]) => ({
        container,
        minutes: measured[metric],
      })),
  };
}

export function merged(one: Summary, other: Summary): Summary {
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    minimum: Math.min(one.minimum, other.minimum),
    maximum: Math.max(one.maximum, other.maximum),
  };
}
