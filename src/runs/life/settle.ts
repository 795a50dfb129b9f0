import { ArmError } from '../../aci/errors.ts';
import type { RunRecord, Task } from '../runRecord.ts';
import { absent, refused, type Sight, unlaunched, withoutLaunch } from './decideTask.ts';
import { launchFailure, rejection } from './launchFailure.ts';

/** How an effect went; an error where it failed. */
export type Outcome =
  | { kind: 'launch'; index: number; by: string; error?: unknown }
  | { kind: 'stop'; index: number; by: string; error?: unknown }
  | { kind: 'keepLogs'; index: number; error?: unknown };

/** So often are the logs of a group asked for, at most. */
const mostLogTries = 5;

/** The run once its effects are known. Pure: what cannot be told from an outcome is left for the next looks. */
export function settle(run: RunRecord, outcomes: readonly Outcome[], now: number): RunRecord {
  return {
    ...run,
    tasks: run.tasks.map((task) =>
      outcomes
        .filter(({ index }) => index === task.index)
        .reduce((settled, outcome) => settleTask(settled, outcome, now), task),
    ),
  };
}

function settleTask(task: Task, outcome: Outcome, now: number): Task {
  switch (outcome.kind) {
    case 'launch':
      return settleLaunch(task, outcome, now);
    case 'stop':
      return settleStop(task, outcome, now);
    case 'keepLogs': {
      const logTries = task.logTries + 1;
      const isFinal = outcome.error instanceof ArmError && launchFailure(outcome.error).kind === 'rejected';
      return {
        ...task,
        logTries,
        logsKept: outcome.error === undefined || isFinal || logTries >= mostLogTries,
      };
    }
  }
}

/** Its claim tells a launch from every other: one that was refused leaves the number of its attempt to the next. */
function settleLaunch(task: Task, { by, error }: Outcome & { kind: 'launch' }, now: number): Task {
  if (task.phase !== 'launching' || task.claim?.by !== by || task.launch === undefined) {
    return task; // somebody saw how it went before its answer came
  }
  if (error === undefined) {
    const { claim: _, ...rest } = task;
    return { ...rest, launch: { ...task.launch, accepted: true } };
  }
  if (!(error instanceof ArmError) || launchFailure(error).kind === 'unknown') {
    return task;
  }
  const unlaunched: Task = { ...withoutLaunch(task), phase: 'waiting', attempt: task.attempt - 1 };
  return refused(unlaunched, error, now).task;
}

/** A stop that was refused is asked for again in a while, like one that has no effect. */
function settleStop(task: Task, { by, error }: Outcome & { kind: 'stop' }, now: number): Task {
  const isKnown = !(error instanceof ArmError) || launchFailure(error).kind !== 'unknown';
  if (task.claim?.by !== by || !isKnown) {
    return task;
  }
  const { claim: _, ...rest } = task;
  return { ...rest, stopAskedAt: now };
}

/** A task whose launch cannot even be planned is over. */
export function refuse(
  run: RunRecord,
  index: number,
  error: { code: string; message: string },
  now: number,
): RunRecord {
  return {
    ...run,
    tasks: run.tasks.map((task) =>
      task.index === index ? unlaunched(task, rejection(error), now).task : task,
    ),
  };
}

/** A task whose launch cannot be planned now, since the group to copy was not to be seen. */
export function refuseForNow(
  run: RunRecord,
  index: number,
  { kind, error }: Exclude<Sight, { kind: 'seen' }>,
  now: number,
): RunRecord {
  const put = (task: Task) => (kind === 'absent' ? absent(task, now, error) : refused(task, error, now)).task;
  return { ...run, tasks: run.tasks.map((task) => (task.index === index ? put(task) : task)) };
}
