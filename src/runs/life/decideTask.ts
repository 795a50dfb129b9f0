import type { ContainerGroupDocument } from '../../aci/document.ts';
import type { ArmError } from '../../aci/errors.ts';
import { readMark } from '../../aci/mark.ts';
import { isSettled } from '../../aci/state.ts';
import type { WaitReason } from '../run.ts';
import type { End, RunRecord, Task, Wish } from '../runRecord.ts';
import { backOff } from './backOff.ts';
import { intervals, retryDelay } from './intervals.ts';
import { launchFailure, rejection } from './launchFailure.ts';
import { observeGroup } from './observeGroup.ts';

/** What a GET of a task's group told. */
export type Sight =
  | { kind: 'seen'; document: ContainerGroupDocument }
  /** ARM said that there is no such group. */
  | { kind: 'absent'; error: ArmError }
  | { kind: 'unseen'; error: ArmError };

/** Something to do to a task's group, which only the holder of the run's claim does. */
export type Effect = { kind: 'launch' | 'stop' | 'keepLogs'; index: number };

export type TaskDecision = { task: Task; effect?: Effect };

export type TaskContext = {
  run: RunRecord;
  wish: Wish | undefined;
  /** Whether a waiting task may be launched: its run holds the group, and not too many of its tasks run. */
  mayLaunch: boolean;
  now: number;
};

/**
 * What comes next for one task. Pure.
 * @param sight what its group looked like just now; undefined when nobody looked, and nothing but wishes and times count.
 */
export function decideTask(task: Task, sight: Sight | undefined, context: TaskContext): TaskDecision {
  switch (task.phase) {
    case 'waiting':
      return decideWaiting(task, sight, context);
    case 'launching':
      return decideLaunching(task, sight, context);
    case 'watching':
      return decideWatching(task, sight, context);
    case 'ending':
      return decideEnding(task, sight, context);
    case 'over':
      return { task };
  }
}

/** No write to a waiting task's group is under way; what a failed launch left running is stopped before the end. */
function decideWaiting(task: Task, sight: Sight | undefined, context: TaskContext): TaskDecision {
  const { run, wish, mayLaunch, now } = context;
  if (wish) {
    return unlaunched(task, endOf(wish, run, task), now);
  }
  if (!mayLaunch || now < task.notBefore || sight === undefined) {
    return { task };
  }
  if (sight.kind === 'unseen') {
    return putOff(task, sight.error, now);
  }
  if (sight.kind === 'absent') {
    return run.mode === 'clone' ? launch(task) : absent(task, now, sight.error);
  }
  const { absentSince: _, ...found } = task;
  if (run.mode === 'clone') {
    return readMark(sight.document)?.runId === run.id
      ? launch(found)
      : over(
          found,
          rejection({
            code: 'ContainerGroupAlreadyExists',
            message: `'${task.name}' exists already and is no copy of this run; it was left as it is.`,
          }),
        );
  }
  return isSettled(sight.document)
    ? launch(found)
    : { task: { ...found, waitReason: 'GroupBusy', notBefore: now + intervals.settling } };
}

/** A PUT may have been sent. It is over when the group shows its mark, or has shown none for long enough. */
function decideLaunching(task: Task, sight: Sight | undefined, context: TaskContext): TaskDecision {
  const { run, wish, now } = context;
  const { launch: tried } = task;
  if (sight === undefined || sight.kind === 'unseen' || tried === undefined) {
    const isSent = task.claim !== undefined && now < task.claim.until + intervals.quiet;
    return wish && !isSent && now - wish.at >= intervals.ending
      ? over(task, neverStopped(endOf(wish, run)))
      : { task };
  }
  if (sight.kind === 'seen' && carriesMark(sight.document, run, task)) {
    const { quietSince: _, ...known } = tried;
    const { claim: __, refusals: ___, ...settled } = certain(task);
    return decideWatching(
      { ...settled, phase: 'watching', launch: { ...known, accepted: true } },
      sight,
      context,
    );
  }
  if (task.claim && now < task.claim.until) {
    return { task };
  }
  const quietSince = tried.quietSince ?? now;
  if (now - quietSince < intervals.quiet) {
    return { task: { ...task, launch: { ...tried, quietSince } } };
  }
  if (tried.accepted) {
    return over(task, sight.kind === 'absent' ? deleted(sight.error) : changed(task));
  }
  const unlaunched: Task = { ...withoutLaunch(task), phase: 'waiting' };
  return wish ? decideWaiting(unlaunched, sight, context) : { task: unlaunched };
}

function decideWatching(task: Task, sight: Sight | undefined, context: TaskContext): TaskDecision {
  const { run, wish, now } = context;
  if (sight?.kind === 'absent') {
    return absent(task, now, sight.error);
  }
  if (sight?.kind === 'seen' && !carriesMark(sight.document, run, task)) {
    const strangerSince = task.strangerSince ?? now;
    return now - strangerSince >= intervals.certainty
      ? over(task, wish ? endOf(wish, run) : changed(task))
      : { task: { ...task, strangerSince } };
  }
  if (sight?.kind !== 'seen') {
    return wish && now - wish.at >= intervals.ending ? over(task, neverStopped(endOf(wish, run))) : { task };
  }
  const { end, isAtRest, containers, startedAt, finishedAt } = observeGroup(sight.document, {
    lastStarts: task.launch?.lastStarts ?? {},
    container: run.decidingContainer,
    maxRetries: run.maxRetries,
  });
  const seen: Task = {
    ...certain(task),
    containers,
    ...(task.startedAt === undefined && startedAt !== undefined && { startedAt }),
  };
  if (end === undefined) {
    return wish
      ? decideEnding(
          { ...seen, phase: 'ending', end: endOf(wish, run), endingSince: now },
          sight,
          context,
          isAtRest,
        )
      : { task: seen };
  }
  if (!wish && isWorthRetrying(end, task, run, sight.document)) {
    const failures = task.failures + 1;
    return {
      task: {
        ...withoutLaunch(seen),
        phase: 'waiting',
        failures,
        notBefore: now + retryDelay(failures),
      },
    };
  }
  const ended: Task = { ...seen, ...(finishedAt !== undefined && { finishedAt }) };
  return decideEnding({ ...ended, phase: 'ending', end, endingSince: now }, sight, context, isAtRest);
}

/** The end is known: logs first, for a stop cuts them short; then what still runs is stopped. */
function decideEnding(
  given: Task,
  sight: Sight | undefined,
  { run, now }: TaskContext,
  atRest?: boolean,
): TaskDecision {
  const task = withoutLapsedClaim(given, now);
  const end = task.end as End;
  if (task.claim) {
    return { task }; // a stop may still be under way, and would end what runs in the group next
  }
  const isLate = now - (task.endingSince ?? now) >= intervals.ending;
  if (sight?.kind === 'absent') {
    return { ...absent(task, now, sight.error, end) };
  }
  if (
    sight?.kind === 'seen' &&
    !carriesMark(sight.document, run, task) &&
    !isOfFailure(sight.document, run, task)
  ) {
    const strangerSince = task.strangerSince ?? now;
    return now - strangerSince >= intervals.certainty
      ? over(task, end)
      : { task: { ...task, strangerSince } };
  }
  if (isLate) {
    return over(task, neverStopped(end));
  }
  if (sight?.kind !== 'seen') {
    return { task };
  }
  const view = observeGroup(sight.document, { lastStarts: task.launch?.lastStarts ?? {} });
  const seen: Task = { ...certain(task), containers: view.containers };
  if (!task.logsKept) {
    return { task: seen, effect: { kind: 'keepLogs', index: task.index } };
  }
  if (atRest ?? view.isAtRest) {
    return over(seen, end);
  }
  const askAgain = task.stopAskedAt === undefined || now - task.stopAskedAt >= intervals.stop;
  return isSettled(sight.document) && askAgain
    ? { task: seen, effect: { kind: 'stop', index: task.index } }
    : { task: seen };
}

/** A stop of which nobody knows how it went has had its effect, or never will, once its claim has been over for long enough. */
function withoutLapsedClaim(task: Task, now: number): Task {
  const { claim, ...rest } = task;
  return claim && now >= claim.until + intervals.quiet ? rest : task;
}

function launch(task: Task): TaskDecision {
  return { task, effect: { kind: 'launch', index: task.index } };
}

export function over(task: Task, end: End): TaskDecision {
  const { claim: _, waitReason: __, waitError: ___, ...rest } = task;
  return { task: { ...rest, phase: 'over', end } };
}

/** A group that cannot be seen may be seen later, whatever ARM says: roles, too, take their time to work. */
function putOff(task: Task, error: ArmError, now: number): TaskDecision {
  const failure = launchFailure(error);
  return failure.kind === 'rejected'
    ? { task: waitingFor(task, error, undefined, now + intervals.denied) }
    : refused(task, error, now);
}

/** What many runs wait for at once. */
const ofManyRuns: readonly WaitReason[] = ['Throttled', 'QuotaReached', 'CapacityUnavailable'];

/** What ARM's refusal of a launch makes of a task of which nothing is under way. */
export function refused(task: Task, error: ArmError, now: number): TaskDecision {
  const failure = launchFailure(error);
  if (failure.kind === 'rejected') {
    return unlaunched(task, failure.end, now);
  }
  const { reason, seconds } = failure.kind === 'wait' ? failure : { reason: undefined, seconds: 10 };
  if (reason === undefined || !ofManyRuns.includes(reason)) {
    return { task: waitingFor(task, error, reason, now + seconds * 1000) };
  }
  const refusals = (task.refusals ?? 0) + 1;
  const delay = backOff(seconds, refusals, task.name, now);
  return { task: { ...waitingFor(task, error, reason, now + delay), refusals } };
}

/** The end of a task that waited for its launch: what a failed launch before it left running is stopped first. */
export function unlaunched(task: Task, end: End, now: number): TaskDecision {
  return task.failures > 0 ? { task: { ...task, phase: 'ending', end, endingSince: now } } : over(task, end);
}

function waitingFor(
  { waitReason: _, ...task }: Task,
  { code, message }: ArmError,
  reason: WaitReason | undefined,
  notBefore: number,
): Task {
  return { ...task, ...(reason && { waitReason: reason }), waitError: { code, message }, notBefore };
}

/** One answer that a group is not there may be a stale one; two, far enough apart, are not. */
export function absent(task: Task, now: number, error: ArmError, end: End = deleted(error)): TaskDecision {
  const absentSince = task.absentSince ?? now;
  return now - absentSince >= intervals.certainty
    ? over(task, end)
    : {
        task: {
          ...task,
          absentSince,
          ...(task.phase === 'waiting' && { notBefore: absentSince + intervals.certainty }),
        },
      };
}

function carriesMark(document: ContainerGroupDocument, run: RunRecord, { attempt }: Task): boolean {
  const mark = readMark(document);
  return mark?.runId === run.id && mark.attempt === attempt;
}

/** Whether the group is still as a failed launch left it: the one after that was never sent, or got lost. */
function isOfFailure(document: ContainerGroupDocument, run: RunRecord, { launch, failures }: Task): boolean {
  return launch === undefined && failures > 0 && readMark(document)?.runId === run.id;
}

/** Without doubts: the group was just seen as it should be. */
function certain(task: Task): Task {
  const { absentSince: _, strangerSince: __, ...rest } = task;
  return rest;
}

export function withoutLaunch(task: Task): Task {
  const { launch: _, waitReason: __, waitError: ___, claim: ____, ...rest } = certain(task);
  return rest;
}

/** Failures that another launch may not meet. Under OnFailure and Always ACI itself starts containers again. */
function isWorthRetrying(
  end: End,
  { failures }: Task,
  { maxRetries = 0 }: RunRecord,
  { properties }: ContainerGroupDocument,
): boolean {
  return end.status === 'Failed' && failures < maxRetries && properties.restartPolicy === 'Never';
}

/** How a wish ends what it is for. */
function endOf({ kind }: Wish, { timeoutSeconds, startWithinSeconds }: RunRecord, task?: Task): End {
  switch (kind) {
    case 'cancel':
      return { status: 'Canceled', reason: 'CanceledByCaller' };
    case 'supersede':
      return { status: 'Canceled', reason: 'Superseded' };
    case 'timeout':
      return failed('TimedOut', `The run was not over ${timeoutSeconds} seconds after its launch.`);
    case 'neverStarted':
      return failed(
        'NeverStarted',
        [
          `No container had started ${startWithinSeconds} seconds after the request.`,
          ...(task?.waitError ? [`Azure's last answer: ${task.waitError.message}`] : []),
        ].join(' '),
      );
  }
}

function deleted(error: ArmError): End {
  return failed('GroupDeleted', error.message);
}

function changed({ name }: Task): End {
  return failed(
    'GroupChanged',
    `Somebody else wrote container group '${name}' during the run: its containers are not the run's any more.`,
  );
}

function neverStopped(end: End): End {
  const note =
    'What still ran could not be stopped, or its logs could not be had: look at the container group.';
  return {
    ...end,
    error: {
      code: end.error?.code ?? end.reason,
      message: [end.error?.message, note].filter(Boolean).join(' '),
    },
  };
}

function failed(reason: 'TimedOut' | 'NeverStarted' | 'GroupDeleted' | 'GroupChanged', message: string): End {
  return { status: 'Failed', reason, error: { code: reason, message } };
}
