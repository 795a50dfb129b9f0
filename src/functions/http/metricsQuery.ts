import type { HttpRequest } from '@azure/functions';
import type { Fault } from '../../aci/errors.ts';
import { type MetricInterval, type MetricsQuery, metricIntervals } from '../../aci/metrics/metrics.ts';
import { throwFaults } from './checkedBody.ts';
import { parameterFault } from './query.ts';

const minuteMs = 60_000;

/**
 * Azure Monitor keeps 93 days, but shows a month of them at once: asked for three, it answers the last one without a word
 * (reported: github.com/Azure/azure-sdk-for-python/issues/13547).
 */
const longestTimespanMs = 30 * 24 * 60 * minuteMs;

/** A day by minutes, a month by half hours. Sixty containers come to some ten megabytes then. */
const mostIntervals = 1_440;

const intervals = Object.entries(metricIntervals) as [MetricInterval, number][];

/**
 * Reads `timespan` (ISO 8601, `PT1H` without it; it ends now) and `interval` (the finest that is not too many, without it).
 * @param now milliseconds since 1970. @throws InvalidRequest with every parameter that makes no sense.
 */
export function metricsQueryOf({ query }: HttpRequest, now: number): MetricsQuery {
  const timespan = query.get('timespan') ?? 'PT1H';
  const asked = query.get('interval');
  const duration = millisecondsOf(timespan) ?? 0;
  const faults: Fault[] = [];
  const isTimespan = duration >= minuteMs && duration <= longestTimespanMs;
  if (!isTimespan) {
    faults.push(
      parameterFault(
        'timespan',
        `timespan '${timespan}' must be an ISO 8601 duration of days, hours and minutes from PT1M to P30D, such as PT1H or P1DT12H.`,
      ),
    );
  }
  const fitting = intervals.filter(([, length]) => length <= duration && duration / length <= mostIntervals);
  const names = (isTimespan ? fitting : intervals).map(([name]) => name);
  const interval = names.find((name) => asked === null || name === asked);
  if (interval === undefined) {
    const which = isTimespan ? ` over a timespan of ${timespan}` : '';
    faults.push(
      parameterFault('interval', `interval '${asked}' must be one of ${names.join(', ')}${which}.`),
    );
  }
  throwFaults(faults);
  return { timespan: { start: now - duration, end: now }, interval: interval ?? 'PT1M' };
}

function millisecondsOf(duration: string): number | undefined {
  const [text, days, hours, minutes] =
    /^P(?!$)(?:(\d{1,5})D)?(?:T(?!$)(?:(\d{1,5})H)?(?:(\d{1,5})M)?)?$/.exec(duration) ?? [];
  const [d = 0, h = 0, m = 0] = [days, hours, minutes].map((part) => Number(part ?? 0));
  return text === undefined ? undefined : ((d * 24 + h) * 60 + m) * minuteMs;
}
