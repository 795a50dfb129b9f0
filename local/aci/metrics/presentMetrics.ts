import type { StoredGroup } from '../store.ts';
import type { Aggregation, MetricName, MetricsQuery } from './metricsQuery.ts';
import { type MeasuredMetric, merged, minuteMs, type Summary, type UsageHistory } from './usageHistory.ts';

const words: Record<MetricName, { unit: 'Count' | 'Bytes'; name: string; description: string }> = {
  CpuUsage: { unit: 'Count', name: 'CPU Usage', description: 'CPU usage on all cores in millicores.' },
  MemoryUsage: { unit: 'Bytes', name: 'Memory Usage', description: 'Total memory usage in byte.' },
  NetworkBytesReceivedPerSecond: {
    unit: 'Bytes',
    name: 'Network Bytes Received Per Second',
    description: 'The network bytes received per second.',
  },
  NetworkBytesTransmittedPerSecond: {
    unit: 'Bytes',
    name: 'Network Bytes Transmitted Per Second',
    description: 'The network bytes transmitted per second.',
  },
};

/** One time series of a metric: of a container, or without a name of all of them. */
type Series = { container?: string; minutes: ReadonlyMap<number, Summary> };

/** The body of an answer of `Metrics - List`. */
export function presentMetrics(
  { id, location }: Pick<StoredGroup, 'id' | 'location'>,
  query: MetricsQuery,
  history: Pick<UsageHistory, 'of'>,
): object {
  const { metrics, start, end, interval } = query;
  return {
    cost: Math.ceil((end - start) / minuteMs) * metrics.length, // [U] how it is counted
    timespan: `${withoutFraction(start)}/${withoutFraction(end)}`,
    interval,
    value: metrics.map((metric) => ({
      id: `${id}/providers/Microsoft.Insights/metrics/${metric}`,
      type: 'Microsoft.Insights/metrics',
      name: { value: metric, localizedValue: words[metric].name },
      displayDescription: words[metric].description,
      unit: words[metric].unit,
      timeseries: seriesOf(id, metric, query, history).map((series) => presentSeries(series, query)),
      errorCode: 'Success',
    })),
    namespace: 'Microsoft.ContainerInstance/containerGroups',
    resourceregion: location,
  };
}

/** [U] that a container of which nothing was measured in this time has no series. */
function seriesOf(
  id: string,
  metric: MetricName,
  { start, end, containers, top }: MetricsQuery,
  history: Pick<UsageHistory, 'of'>,
): Series[] {
  // Nothing runs on a network of its own here, so there is nothing to measure.
  const all = isMeasured(metric) ? history.of(id.toLowerCase(), metric) : [];
  if (containers === undefined) {
    return [{ minutes: all.reduce((sum, { minutes }) => together(sum, minutes), new Map()) }];
  }
  return all
    .filter(({ container }) => containers === 'each' || containers.includes(container.toLowerCase()))
    .filter(({ minutes }) => [...minutes.keys()].some((minute) => minute + minuteMs > start && minute < end))
    .slice(0, top);
}

function isMeasured(metric: MetricName): metric is MeasuredMetric {
  return metric === 'CpuUsage' || metric === 'MemoryUsage';
}

function together(
  one: ReadonlyMap<number, Summary>,
  other: ReadonlyMap<number, Summary>,
): Map<number, Summary> {
  const sums = new Map(one);
  for (const [minute, summary] of other) {
    const known = sums.get(minute);
    sums.set(minute, known ? merged(known, summary) : summary);
  }
  return sums;
}

/** Every interval has its time; one in which nothing was measured has nothing else (documented, in the command line's tables). */
function presentSeries({ container, minutes }: Series, query: MetricsQuery): object {
  const first = Math.floor(query.start / minuteMs) * minuteMs; // [U] where intervals of more than a minute begin
  const summaries = new Map<number, Summary>();
  for (const [minute, summary] of minutes) {
    const index = Math.floor((minute - first) / query.intervalMs);
    const known = summaries.get(index);
    summaries.set(index, known ? merged(known, summary) : summary);
  }
  const data: object[] = [];
  for (let at = first, index = 0; at < query.end; at += query.intervalMs, index += 1) {
    const summary = summaries.get(index);
    data.push({ timeStamp: withoutFraction(at), ...(summary && valuesOf(summary, query.aggregations)) });
  }
  return {
    metadatavalues:
      container === undefined
        ? []
        : [{ name: { value: 'containername', localizedValue: 'containername' }, value: container }],
    data,
  };
}

function valuesOf(
  summary: Summary,
  aggregations: readonly Aggregation[],
): Partial<Record<Aggregation, number>> {
  const values = { ...summary, average: summary.sum / summary.count };
  return Object.fromEntries(aggregations.map((aggregation) => [aggregation, values[aggregation]]));
}

function withoutFraction(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+/, '');
}
