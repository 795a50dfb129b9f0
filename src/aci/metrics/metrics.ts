/**
 * The intervals that Azure Monitor sums up the metrics of container groups in, ISO 8601 durations, with their milliseconds
 * (https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-containerinstance-containergroups-metrics).
 */
export const metricIntervals = {
  PT1M: 60_000,
  PT5M: 300_000,
  PT15M: 900_000,
  PT30M: 1_800_000,
  PT1H: 3_600_000,
  PT6H: 21_600_000,
  PT12H: 43_200_000,
} as const;

export type MetricInterval = keyof typeof metricIntervals;

export type MetricsQuery = {
  /** From and to, in milliseconds since 1970. */
  timespan: { start: number; end: number };
  interval: MetricInterval;
};

/** What was measured in one interval; Azure Monitor may have only one of the two values. */
export type UsagePoint = {
  /** When the interval begins, RFC 3339. */
  time: string;
  average?: number;
  maximum?: number;
};

export type ContainerUsage = {
  name: string;
  /** Of all cores: 1000 is one core, busy all the time. */
  cpuMillicores: UsagePoint[];
  memoryBytes: UsagePoint[];
};

/** What the containers of a group have used, as Azure Monitor has measured it. Intervals of which it has nothing are left out. */
export type ContainerGroupMetrics = {
  /** RFC 3339, as Azure Monitor answers it. */
  timespan: { start: string; end: string };
  interval: string;
  /** Those that were measured in this time, by name. */
  containers: ContainerUsage[];
};
