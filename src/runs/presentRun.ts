import { resourceIdOf } from '../aci/containerGroupId.ts';
import type { Head } from './head.ts';
import type { Run, RunState, RunTask } from './run.ts';
import { groupOfTask, type RunRecord, type Task } from './runRecord.ts';

/**
 * A stored run as callers see it.
 * @param head its group's, which tells whether it waits for another run; undefined where that is not asked.
 */
export function presentRun(record: RunRecord, head?: Head): Run {
  const { id, job, mode, env, warnings, startedBy, createdAt, launchedAt, timeoutSeconds, finishedAt } =
    record;
  return {
    id,
    ...stateOf(record, head),
    containerGroup: resourceIdOf(record.containerGroup),
    ...(job !== undefined && { job }),
    mode,
    createdAt: new Date(createdAt).toISOString(),
    ...(finishedAt !== undefined && { finishedAt: new Date(finishedAt).toISOString() }),
    ...(launchedAt !== undefined && {
      timeoutAt: new Date(launchedAt + timeoutSeconds * 1000).toISOString(),
    }),
    ...(mode === 'clone' && { tasks: record.tasks.map((task) => presentTask(record, task)) }),
    env,
    warnings,
    startedBy,
  };
}

function presentTask(record: RunRecord, task: Task): RunTask {
  return {
    index: task.index,
    containerGroup: resourceIdOf(groupOfTask(record, task)),
    ...taskState(task),
  };
}

function stateOf({ id, tasks, end, mode }: RunRecord, head: Head | undefined): RunState {
  const states = tasks.map(taskState);
  const [first] = states;
  const startedAt = states
    .map((state) => state.startedAt)
    .filter((time) => time !== undefined)
    .sort()[0];
  const attempt = Math.max(...tasks.map((task) => task.attempt));
  const shared = {
    attempt,
    ...(startedAt !== undefined && { startedAt }),
    containers: mode === 'recreate' ? (first?.containers ?? []) : [],
  };
  if (end) {
    return { ...end, ...shared };
  }
  const isQueued = mode === 'recreate' && head !== undefined && head.current !== id;
  if (isQueued && tasks.every(({ phase }) => phase === 'waiting')) {
    return { status: 'NotStarted', reason: 'Queued', ...shared };
  }
  const telling =
    states.find(({ status }) => status === 'Running') ??
    states.find(({ status, reason }) => status === 'NotStarted' && reason !== 'Launching') ??
    states.find(({ status }) => status === 'NotStarted');
  return {
    status: startedAt === undefined ? 'NotStarted' : 'Running',
    reason: telling?.reason ?? 'Launching',
    ...(telling?.error && { error: telling.error }),
    ...shared,
  };
}

function taskState({
  phase,
  end,
  attempt,
  containers,
  waitReason,
  waitError,
  startedAt,
  finishedAt,
}: Task): RunState {
  const shared = {
    attempt,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    containers,
  };
  if (phase === 'over' && end) {
    return { ...end, ...shared };
  }
  if (phase === 'waiting') {
    return {
      status: 'NotStarted',
      reason: waitReason ?? 'Launching',
      ...(waitError && { error: waitError }),
      ...shared,
    };
  }
  return startedAt === undefined
    ? { status: 'NotStarted', reason: 'Launching', ...shared }
    : { status: 'Running', reason: 'Running', ...shared };
}
