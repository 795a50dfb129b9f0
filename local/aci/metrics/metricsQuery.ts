import type { ArmError } from '../armErrors.ts';
import {
  invalidMonitorParameter,
  invalidTimespan,
  metricNotFound,
  outOfRetention,
  timeGrainNotSupported,
} from './monitorErrors.ts';
import { minuteMs } from './usageHistory.ts';

const dayMs = 24 * 60 * minuteMs;

/** The service's metrics of container groups, all that there are (documented); only the first two have a dimension. */
export const metricNames = [
  'CpuUsage',
  'MemoryUsage',
  'NetworkBytesReceivedPerSecond',
  'NetworkBytesTransmittedPerSecond',
] as const;
export type MetricName = (typeof metricNames)[number];

const grains: Record<string, number> = {
  PT1M: 1,
  PT5M: 5,
  PT15M: 15,
  PT30M: 30,
  PT1H: 60,
  PT6H: 360,
  PT12H: 720,
};

export const aggregations = ['average', 'minimum', 'maximum'] as const;
export type Aggregation = (typeof aggregations)[number];

export type MetricsQuery = {
  metrics: MetricName[];
  /** Milliseconds since 1970. */
  start: number;
  end: number;
  interval: string;
  intervalMs: number;
  aggregations: Aggregation[];
  /** The containers that are told apart: these, or all; undefined for all of them together. */
  containers: readonly string[] | 'each' | undefined;
  top: number;
};

/** Reads the query of `Metrics - List`; what is left out is as documented, [U] where that does not say. */
export function readMetricsQuery(query: URLSearchParams, now: number): MetricsQuery | { error: ArmError } {
  const asked = (query.get('metricnames') ?? 'CpuUsage').split(',').map((name) => name.trim()); // [U]
  const metrics: MetricName[] = [];
  for (const name of asked) {
    const metric = metricNames.find((each) => each.toLowerCase() === name.toLowerCase());
    if (!metric) {
      return { error: metricNotFound(name, metricNames) };
    }
    metrics.push(metric);
  }
  const interval = query.get('interval') ?? 'PT1M';
  const minutes = Object.hasOwn(grains, interval) ? grains[interval] : undefined;
  if (minutes === undefined) {
    return { error: timeGrainNotSupported(interval, metrics) };
  }
  const timespan = readTimespan(query.get('timespan') ?? 'PT1H', now); // [U]
  if ('error' in timespan) {
    return timespan;
  }
  const wanted = (query.get('aggregation') ?? 'average').toLowerCase().split(',');
  if (!wanted.every((each) => aggregations.some((known) => known === each.trim()))) {
    return { error: invalidMonitorParameter('aggregation', wanted.join(',')) };
  }
  const filter = query.get('$filter');
  const containers = filter === null ? undefined : readFilter(filter);
  if (filter !== null && (containers === undefined || metrics.some((name) => name.startsWith('Network')))) {
    return { error: invalidMonitorParameter('$filter', filter) };
  }
  const top = query.get('top') ?? '10';
  if (!/^[1-9]\d{0,5}$/.test(top)) {
    return { error: invalidMonitorParameter('top', top) };
  }
  return {
    metrics,
    ...timespan,
    interval,
    intervalMs: minutes * minuteMs,
    aggregations: aggregations.filter((each) => wanted.some((one) => one.trim() === each)),
    containers,
    top: Number(top),
  };
}

/** Reported: of a longer time than a month only the last one is answered. [U] the days of that month. */
const longestMs = 31 * dayMs;

function readTimespan(text: string, now: number): { start: number; end: number } | { error: ArmError } {
  const [first = '', second, ...more] = text.split('/');
  const end = second === undefined ? now : (dateOf(second) ?? plus(dateOf(first), durationOf(second)));
  const start =
    second === undefined
      ? plus(end, durationOf(first), -1)
      : (dateOf(first) ?? plus(end, durationOf(first), -1));
  if (start === undefined || end === undefined || start >= end || more.length > 0) {
    return { error: invalidTimespan(text) };
  }
  return end < now - 93 * dayMs
    ? { error: outOfRetention(end) }
    : { start: Math.max(start, end - longestMs), end };
}

function plus(date: number | undefined, duration: number | undefined, sign = 1): number | undefined {
  return date === undefined || duration === undefined ? undefined : date + sign * duration;
}

/** A time without a zone is UTC. */
function dateOf(text: string): number | undefined {
  const [isDate, , zone] =
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  const time = Date.parse(zone || text.length === 10 ? text : `${text}Z`);
  return isDate === undefined || Number.isNaN(time) ? undefined : time;
}

function durationOf(text: string): number | undefined {
  const [isDuration, days = 0, hours = 0, minutes = 0] =
    /^P(?!$)(?:(\d{1,5})D)?(?:T(?!$)(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?$/.exec(text) ?? [];
  return isDuration === undefined
    ? undefined
    : Number(days) * dayMs + (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

/** `containerName eq 'a' or containerName eq 'b'`, or `'*'` for each. */
function readFilter(filter: string): readonly string[] | 'each' | undefined {
  const names = filter
    .split(/\s+or\s+/i)
    .map((term) => /^\s*containerName\s+eq\s+'([^']+)'\s*$/i.exec(term)?.[1]?.toLowerCase());
  if (names.includes(undefined)) {
    return undefined;
  }
  return names.includes('*') ? 'each' : names.filter((name) => name !== undefined);
}
