import { ArmError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import { isKeptNumber } from '../losslessJson.ts';
import type { ContainerGroupMetrics, ContainerUsage, MetricsQuery, UsagePoint } from './metrics.ts';
import { mostContainers } from './metricsParameters.ts';

/** No query asks for more points of one container; see `mostIntervals` of the route. */
const mostPoints = 2_000;

const members = new Map<string, 'cpuMillicores' | 'memoryBytes'>([
  ['cpuusage', 'cpuMillicores'],
  ['memoryusage', 'memoryBytes'],
]);

/**
 * What Azure Monitor answers to `metricsParameters`, by container.
 * @throws ArmError when it is no list of metrics, or when a metric in it failed: that would look like a group at rest.
 */
export function readMetrics(answer: unknown, asked: MetricsQuery): ContainerGroupMetrics {
  if (!isObject(answer) || !Array.isArray(answer['value'])) {
    throw new ArmError({ code: 'UnexpectedAnswer', message: 'Azure Monitor answered no metrics.' });
  }
  const containers = new Map<string, ContainerUsage>();
  for (const metric of answer['value'].filter(isObject)) {
    requireSuccess(metric);
    const member = members.get(wordOf(metric['name']).toLowerCase());
    for (const series of member ? objectsOf(metric['timeseries'], mostContainers) : []) {
      const name = containerOf(series);
      const container = containers.get(name) ?? { name, cpuMillicores: [], memoryBytes: [] };
      if (member && name !== '') {
        container[member] = objectsOf(series['data'], mostPoints).flatMap(pointOf);
        containers.set(name, container);
      }
    }
  }
  return {
    timespan: timespanOf(answer['timespan']) ?? {
      start: new Date(asked.timespan.start).toISOString(),
      end: new Date(asked.timespan.end).toISOString(),
    },
    interval: typeof answer['interval'] === 'string' ? answer['interval'] : asked.interval,
    containers: [...containers.values()]
      .filter(({ cpuMillicores, memoryBytes }) => cpuMillicores.length + memoryBytes.length > 0)
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

/** A metric that failed comes in an answer that did not: `errorCode` is then another than Success. */
function requireSuccess({ name, errorCode, errorMessage }: JsonObject): void {
  if (typeof errorCode === 'string' && errorCode !== 'Success') {
    const why = typeof errorMessage === 'string' ? ` ${errorMessage}` : '';
    throw new ArmError({
      code: 'MetricUnavailable',
      message: `Azure Monitor could not answer the metric '${wordOf(name)}' (${errorCode}).${why}`,
    });
  }
}

/** Azure Monitor writes the dimension's name in lower case. */
function containerOf(series: JsonObject): string {
  const dimension = objectsOf(series['metadatavalues'], 10).find(
    ({ name }) => wordOf(name).toLowerCase() === 'containername',
  );
  return typeof dimension?.['value'] === 'string' ? dimension['value'] : '';
}

/** An interval of which there is nothing comes with its time alone. */
function pointOf({ timeStamp, ...values }: JsonObject): UsagePoint[] {
  const average = numberOf(values['average']);
  const maximum = numberOf(values['maximum']);
  if (typeof timeStamp !== 'string' || (average ?? maximum) === undefined) {
    return [];
  }
  return [
    { time: timeStamp, ...(average !== undefined && { average }), ...(maximum !== undefined && { maximum }) },
  ];
}

/** An average may have more digits than a number holds, and is then kept as its text. */
function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'number' || isKeptNumber(value) ? Number(JSON.stringify(value)) : undefined;
  return Number.isFinite(number) ? number : undefined;
}

function timespanOf(text: unknown): { start: string; end: string } | undefined {
  const [start = '', end = ''] = typeof text === 'string' ? text.split('/') : [];
  return [start, end].every((time) => !Number.isNaN(Date.parse(time))) ? { start, end } : undefined;
}

/** The word of Azure Monitor's `{value, localizedValue}`. */
function wordOf(name: unknown): string {
  return isObject(name) && typeof name['value'] === 'string' ? name['value'] : '';
}

function objectsOf(value: unknown, most: number): JsonObject[] {
  return Array.isArray(value) ? value.slice(0, most).filter(isObject) : [];
}
