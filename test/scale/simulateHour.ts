import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import { beginLaunch, newClaim } from '../../src/runs/life/beginLaunch.ts';
import { decideNextStep, tasksToLookAt } from '../../src/runs/life/decideNextStep.ts';
import type { Sight } from '../../src/runs/life/decideTask.ts';
import { nextLookAt } from '../../src/runs/life/nextLookAt.ts';
import { settle } from '../../src/runs/life/settle.ts';
import type { RunRecord } from '../../src/runs/runRecord.ts';
import { groupOf, running, terminated } from '../runs/markedGroup.ts';
import { recordOf } from '../runs/runRecords.ts';
import { seededRandom } from '../runs/simulation/random.ts';
import { createQuotas, type Quotas } from './quotas.ts';

export type Load = {
  /** Requests that come in one hour, at times that know nothing of each other. */
  runs: number;
  /** How long the container of each runs. */
  runSeconds: number;
  /** How long each may wait for its start. */
  startWithinSeconds: number;
};

export type HourReport = {
  /** How long each run that was launched had waited for that, in seconds, shortest first. */
  waits: number[];
  /** Runs that ended without having started. */
  neverStarted: number;
  /** Answers of ARM to the runs' calls. */
  reads: number;
  writes: number;
  /** Calls that were refused, by ARM's code. */
  refused: Map<string, number>;
  /** The most groups that there were at once. */
  mostAtOnce: number;
};

/** From a PUT until the container starts. */
export const provisioningSeconds = 20;

const second = 1_000;
const hour = 3_600 * second;
const start = Date.parse('2026-01-31T12:00:00Z');

/** A run with its own group, as Azure has it. */
type Simulated = { run: RunRecord; at: number; startsAt?: number; launchedAt?: number };

/**
 * One hour's requests against the quotas of one subscription in one region, each for a group of its own (a copy that is deleted at
 * its end), until the last run is over. The runs decide by the product's own code, on a clock that goes from look to look.
 */
export function simulateHour({ runs, runSeconds, startWithinSeconds }: Load): HourReport {
  const random = seededRandom(runs);
  const quotas = createQuotas();
  const report: HourReport = {
    waits: [],
    neverStarted: 0,
    reads: 0,
    writes: 0,
    refused: new Map(),
    mostAtOnce: 0,
  };
  const due = new Map<number, Simulated[]>(); // by the second: messages are delayed by whole ones
  const put = (simulated: Simulated) => {
    const key = Math.ceil((simulated.at - start) / second);
    due.set(key, [...(due.get(key) ?? []), simulated]);
  };
  const arrivals = Array.from({ length: runs }, () => start + Math.floor(random.next() * hour));
  let left = runs;
  let groups = 0;
  const arrived = Map.groupBy(arrivals, (at) => Math.ceil((at - start) / second));
  for (let key = 0; left > 0; key += 1) {
    const now = start + key * second;
    for (const _ of arrived.get(key) ?? []) {
      const run = recordOf({ createdAt: now, startWithinSeconds, timeoutSeconds: 2 * runSeconds });
      put({ run, at: now });
    }
    for (const simulated of due.get(key) ?? []) {
      const wasLaunched = simulated.launchedAt !== undefined;
      step(simulated, quotas, runSeconds, report, now);
      groups += !wasLaunched && simulated.launchedAt !== undefined ? 1 : 0;
      report.mostAtOnce = Math.max(report.mostAtOnce, groups);
      if (!simulated.run.end) {
        put(simulated);
        continue;
      }
      left -= 1;
      if (simulated.launchedAt === undefined) {
        report.neverStarted += 1;
      } else {
        report.waits.push((simulated.launchedAt - simulated.run.createdAt) / second);
        quotas.remove();
        groups -= 1;
      }
    }
    due.delete(key);
  }
  report.waits.sort((one, other) => one - other);
  return report;
}

/** What a message for a run brings about: a look, a decision, and what that asks for. */
function step(
  simulated: Simulated,
  quotas: Quotas,
  runSeconds: number,
  report: HourReport,
  now: number,
): void {
  const head = { current: simulated.run.id, queue: [] };
  const sights = new Map<number, Sight>(
    tasksToLookAt(simulated.run, head, now).map((task) => [
      task.index,
      look(simulated, quotas, runSeconds, report, now),
    ]),
  );
  let { run, effects } = decideNextStep(simulated.run, head, sights, now);
  if (effects.some(({ kind }) => kind === 'keepLogs')) {
    report.reads += 1;
    run = settle(run, [{ kind: 'keepLogs', index: 0 }], now);
    ({ run, effects } = decideNextStep(run, head, sights, now));
  }
  if (effects.some(({ kind }) => kind === 'launch')) {
    const begun = beginLaunch(run, 0, {}, newClaim('simulation', now), now);
    const error = quotas.create(now);
    report.writes += 1;
    count(report, error?.code);
    run = settle(begun, [{ kind: 'launch', index: 0, by: 'simulation', ...(error && { error }) }], now);
    if (!error) {
      simulated.launchedAt = now;
      simulated.startsAt = now + provisioningSeconds * second;
    }
    run = { ...run, lookAt: nextLookAt(run, head, now) };
  }
  simulated.run = run;
  simulated.at = Math.max(run.lookAt, now + second);
}

function look(
  { run, startsAt }: Simulated,
  quotas: Quotas,
  runSeconds: number,
  report: HourReport,
  now: number,
): Sight {
  const error = quotas.read(now);
  report.reads += 1;
  count(report, error?.code);
  if (error) {
    return { kind: 'unseen', error };
  }
  return { kind: 'seen', document: documentOf(run, startsAt, runSeconds, now) };
}

function documentOf(
  run: RunRecord,
  startsAt: number | undefined,
  runSeconds: number,
  now: number,
): ContainerGroupDocument {
  if (startsAt === undefined) {
    return groupOf({ mark: {} });
  }
  const mark = { RUN_ID: run.id, RUN_ATTEMPT: String(run.tasks[0]?.attempt) };
  if (now < startsAt) {
    return groupOf({ mark, provisioningState: 'Creating' });
  }
  const startTime = new Date(startsAt).toISOString();
  const endsAt = startsAt + runSeconds * second;
  const finishTime = new Date(endsAt).toISOString();
  const main = now < endsAt ? running(startTime) : terminated(0, { startTime, finishTime });
  return groupOf({ mark, containers: { main } });
}

function count({ refused }: HourReport, code: string | undefined): void {
  if (code !== undefined) {
    refused.set(code, (refused.get(code) ?? 0) + 1);
  }
}
