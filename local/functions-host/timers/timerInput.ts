import { randomUUID } from 'node:crypto';
import type { InvocationInput } from '../invoke.ts';
import { newTraceContext } from '../traceContext.ts';
import type { Schedule } from './schedule.ts';

/** What is known of a timer's runs, in milliseconds since 1970; before the first run nothing is but the next one. */
export type ScheduleStatus = { last?: number; next: number | undefined; lastUpdated?: number };

/**
 * What a function gets of its timer: the host's TimerInfo.cs, whose names the library gives a small first letter.
 * It is never past due: that is said of a run that was missed while no host was up, and this one does not know of it,
 * since it remembers nothing when it ends.
 * @param status from before this run, so `next` is the moment that has come; undefined for a timer without a monitor.
 */
export function timerInput(schedule: Schedule, status: ScheduleStatus | undefined): InvocationInput {
  const timerInfo = {
    Schedule: { AdjustForDST: 'cronPattern' in schedule },
    ScheduleStatus: status
      ? {
          Last: dateTime(status.last ?? dotNetMinimum),
          Next: dateTime(status.next ?? dotNetMaximum),
          LastUpdated: dateTime(status.lastUpdated ?? dotNetMinimum),
        }
      : null,
    IsPastDue: false,
  };
  return {
    invocationId: randomUUID(),
    data: { json: JSON.stringify(timerInfo) },
    triggerMetadata: {},
    traceContext: newTraceContext(),
  };
}

/** DateTime.MinValue and MaxValue, which stand for never. */
const dotNetMinimum = Date.parse('0001-01-01T00:00:00Z');
const dotNetMaximum = Date.parse('9999-12-31T23:59:59.999Z');

/** As .NET writes a local moment in JSON where the zone is UTC: `2026-11-21T10:00:00+00:00`. */
function dateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/(\.000)?Z$/, '+00:00');
}
