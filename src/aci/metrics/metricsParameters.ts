import type { MetricsQuery } from './metrics.ts';

/** A group has 60 containers at most; containers that it had before may be measured under its id, too. */
export const mostContainers = 200;

/**
 * The query of Azure Monitor's `Metrics - List` for what a group's containers use
 * (https://learn.microsoft.com/rest/api/monitor/metrics/list). `NetworkBytesReceivedPerSecond` and `NetworkBytesTransmittedPerSecond` are
 * not asked for: they are the whole group's, without `containerName`, so that this filter would be refused with them [U].
 */
export function metricsParameters({ timespan, interval }: MetricsQuery): Record<string, string> {
  return {
    'api-version': '2024-02-01',
    metricnames: 'CpuUsage,MemoryUsage',
    timespan: `${withoutFraction(timespan.start)}/${withoutFraction(timespan.end)}`,
    interval,
    aggregation: 'average,maximum',
    $filter: "containerName eq '*'",
    top: String(mostContainers), // ten containers without it
  };
}

function withoutFraction(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+/, '');
}
