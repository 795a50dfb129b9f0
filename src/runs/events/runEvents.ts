import type { RunStatus } from '../run.ts';
import type { End, RunRecord, Task } from '../runRecord.ts';
import { aboutRun } from './aboutRun.ts';
import type { EndEvent, Happening, RunEvent } from './runEvent.ts';

/**
 * What happened to a run, told from what was stored of it before and what is now. Pure: so an event is told for what is stored and for
 * nothing else, by whoever stored it, once.
 * @param was undefined for a run that was not stored before.
 */
export function runEvents(was: RunRecord | undefined, run: RunRecord): RunEvent[] {
  const happenings: Happening[] = [
    ...(was ? [] : [created(run)]),
    ...run.tasks.flatMap((task, index) => taskHappenings(run, was?.tasks[index], task)),
    ...(run.wish && !was?.wish ? [{ event: 'run.stopRequested', why: run.wish.kind } as const] : []),
    ...(run.end && !was?.end ? [ended(run, run.end)] : []),
  ];
  return happenings.map((happening) => ({ ...aboutRun(run), ...happening }));
}

function created({ startedBy, tasks }: RunRecord): Happening {
  return { event: 'run.created', startedBy: startedBy.via, tasks: tasks.length };
}

function taskHappenings(run: RunRecord, was: Task | undefined, task: Task): Happening[] {
  const of = run.mode === 'clone' ? { task: task.index } : {};
  const hasFailed = was !== undefined && task.failures > was.failures;
  // A task that failed has let go of its launch, which may not have been known to get through until now.
  const launch = hasFailed ? was.launch : task.launch;
  const wasThrough = was?.launch?.accepted === true && was.attempt === task.attempt;
  const isThrough = launch !== undefined && (hasFailed || launch.accepted) && !wasThrough;
  const hasStarted = task.startedAt !== undefined && was?.startedAt === undefined;
  const isRefused =
    task.phase === 'waiting' &&
    (task.waitReason !== undefined || task.waitError !== undefined) &&
    (task.waitReason !== was?.waitReason || task.waitError?.code !== was?.waitError?.code);
  return [
    ...(isThrough
      ? [{ event: 'run.launched', attempt: task.attempt, ...waitOf(run, task, launch), ...of } as const]
      : []),
    ...(hasStarted && launch
      ? [
          {
            event: 'run.started',
            attempt: task.attempt,
            startSeconds: seconds(launch.at, Date.parse(task.startedAt ?? '')),
            ...of,
          } as const,
        ]
      : []),
    ...(hasFailed
      ? [{ event: 'run.attemptFailed', attempt: task.attempt, exitCodes: exitCodes(task), ...of } as const]
      : []),
    ...(isRefused
      ? [
          {
            event: 'run.waiting',
            ...(task.waitReason !== undefined && { reason: task.waitReason }),
            ...(task.waitError && { code: task.waitError.code }),
            ...of,
          } as const,
        ]
      : []),
  ];
}

/** How long the first launch was waited for; a later one waits for what the attempt before it came to. */
function waitOf(
  { createdAt }: RunRecord,
  { attempt }: Task,
  { at, waitReason }: NonNullable<Task['launch']>,
) {
  if (attempt > 1) {
    return {};
  }
  const waitedSeconds = seconds(createdAt, at);
  return { waitedSeconds, ...(waitedSeconds > 0 && { waitReason: waitReason ?? ('Queued' as const) }) };
}

function ended(run: RunRecord, { status, reason, error }: End): Happening {
  const { mode, tasks, createdAt, finishedAt = createdAt } = run;
  const startedAt = Math.min(
    ...tasks.flatMap((task) => (task.startedAt === undefined ? [] : [Date.parse(task.startedAt)])),
  );
  return {
    event: endEvent(status, reason),
    status,
    reason,
    ...(error && { code: error.code }),
    attempts: Math.max(...tasks.map(({ attempt }) => attempt)),
    ...(Number.isFinite(startedAt) && { runSeconds: seconds(startedAt, finishedAt) }),
    totalSeconds: seconds(createdAt, finishedAt),
    ...(mode === 'recreate' && tasks[0] ? { exitCodes: exitCodes(tasks[0]) } : { tasks: counted(tasks) }),
  };
}

function endEvent(status: RunStatus, reason: End['reason']): EndEvent {
  if (reason === 'TimedOut' || reason === 'NeverStarted') {
    return 'run.timedOut';
  }
  return status === 'Succeeded' ? 'run.finished' : status === 'Canceled' ? 'run.canceled' : 'run.failed';
}

function exitCodes({ containers }: Task): Record<string, number> {
  return Object.fromEntries(
    containers.flatMap(({ name, exitCode }) => (exitCode === undefined ? [] : [[name, exitCode]])),
  );
}

function counted(tasks: readonly Task[]): Partial<Record<RunStatus, number>> {
  const counts: Partial<Record<RunStatus, number>> = {};
  for (const { end } of tasks) {
    if (end) {
      counts[end.status] = (counts[end.status] ?? 0) + 1;
    }
  }
  return counts;
}

/** From one time to another, in seconds; the clocks that the two are of may differ a little. */
function seconds(from: number, to: number): number {
  return Math.max(0, Math.round((to - from) / 100) / 10);
}
