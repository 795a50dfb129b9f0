import { type Head, leave } from '../head.ts';
import type { Duty, End, RunRecord, Task, Wish } from '../runRecord.ts';
import { decideTask, type Effect, type Sight } from './decideTask.ts';
import { nextLookAt } from './nextLookAt.ts';

/** What the groups of a run looked like just now, by the index of the task. */
export type Sights = ReadonlyMap<number, Sight>;

export type Decision = {
  run: RunRecord;
  head: Head;
  /** To be done once the run and the head are stored as they are here. */
  effects: Effect[];
};

/** So many launches at once, at most, between two commits: each must be over within its claim. */
const mostLaunches = 10;

/** The tasks whose groups have to be looked at before the next step of their run can be decided. */
export function tasksToLookAt(run: RunRecord, head: Head, now: number): Task[] {
  if (run.end) {
    return [];
  }
  const wish = wishOf(run, now);
  const slots = launchSlots(run, head);
  const waiting = run.tasks.filter((task) => task.phase === 'waiting' && now >= task.notBefore && !wish);
  const running = run.tasks.filter((task) => ['launching', 'watching', 'ending'].includes(task.phase));
  return [...running, ...waiting.slice(0, slots)];
}

/**
 * What comes next for a run: launch → watch → keep logs → stop what still runs → free the group. Pure.
 *
 * Effects are for whoever then stores the run, with a claim for each that writes.
 * @param head the head of the run's container group.
 * @param now milliseconds since 1970.
 */
export function decideNextStep(given: RunRecord, head: Head, sights: Sights, now: number): Decision {
  if (given.end) {
    return { run: given, head, effects: [] };
  }
  const wish = wishOf(given, now);
  let slots = launchSlots(given, head);
  const effects: Effect[] = [];
  const tasks = given.tasks.map((task) => {
    const mayLaunch = slots > 0;
    const decision = decideTask(task, sights.get(task.index), { run: given, wish, mayLaunch, now });
    if (decision.effect) {
      effects.push(decision.effect);
      slots -= decision.effect.kind === 'launch' ? 1 : 0;
    }
    return decision.task;
  });
  const run = launched({ ...given, ...(wish && { wish }), tasks }, given);
  const { run: decided, head: left } = concluded(run, head, now);
  return { run: { ...decided, lookAt: nextLookAt(decided, left, now) }, head: left, effects };
}

/** What is wanted of the run: by somebody, or by its own limits. */
function wishOf(run: RunRecord, now: number): Wish | undefined {
  if (run.wish) {
    return run.wish;
  }
  if (run.launchedAt !== undefined && now >= run.launchedAt + run.timeoutSeconds * 1000) {
    return { kind: 'timeout', at: now };
  }
  const hasStarted = run.tasks.some((task) => task.startedAt !== undefined);
  return !hasStarted && now >= run.createdAt + run.startWithinSeconds * 1000
    ? { kind: 'neverStarted', at: now }
    : undefined;
}

function launchSlots({ id, mode, tasks, parallelism }: RunRecord, { current }: Head): number {
  if (mode === 'recreate') {
    return current === id ? 1 : 0;
  }
  const running = tasks.filter(({ phase }) => phase !== 'waiting' && phase !== 'over').length;
  return Math.min(parallelism - running, mostLaunches);
}

/** The run with the time of its first launch, as soon as that is known to have got through. */
function launched(run: RunRecord, { tasks: before }: RunRecord): RunRecord {
  const times = run.tasks.flatMap(({ launch, failures }, index) => {
    const last = before[index];
    const isFailed = last !== undefined && failures > last.failures; // the task has let go of its launch already
    const its = isFailed ? last.launch : launch?.accepted ? launch : undefined;
    return its ? [its.at] : [];
  });
  return run.launchedAt === undefined && times.length > 0 ? { ...run, launchedAt: Math.min(...times) } : run;
}

/** A run whose tasks are all over is over; its group is free for the next. */
function concluded(run: RunRecord, head: Head, now: number): Pick<Decision, 'run' | 'head'> {
  if (run.tasks.some(({ phase }) => phase !== 'over')) {
    return { run, head };
  }
  const left = run.mode === 'recreate' ? leave(head, run.id) : head;
  const duties: Duty[] = [
    ...(left.current !== undefined && left.current !== head.current ? (['wake'] as const) : []),
    ...(run.hasCallback ? (['callback'] as const) : []),
    'sweep',
    ...(run.mode === 'clone' ? (['copies'] as const) : []),
  ];
  const finished = run.tasks.map((task) => Date.parse(task.finishedAt ?? '')).filter(Number.isFinite);
  return {
    run: {
      ...run,
      end: endOfRun(run),
      finishedAt: finished.length === run.tasks.length ? Math.max(...finished) : now,
      duties,
    },
    head: left,
  };
}

/** A run succeeds when all of its tasks do; else it ends as the first of them that did not. */
function endOfRun({ tasks, wish }: RunRecord): End {
  const ends = tasks.flatMap(({ end }) => (end ? [end] : []));
  const first =
    ends.find(({ status }) => status === 'Failed') ?? ends.find(({ status }) => status !== 'Succeeded');
  const wished = wish && ends.find(({ reason }) => reason === 'CanceledByCaller' || reason === 'Superseded');
  const end = wished ?? first ?? ends[0];
  if (end === undefined) {
    throw new Error('A run without tasks has no end.');
  }
  const others = ends.filter(({ status }) => status !== 'Succeeded').length;
  return tasks.length > 1 && end.error
    ? {
        ...end,
        error: {
          ...end.error,
          message: `${others} of ${tasks.length} tasks did not succeed. ${end.error.message}`,
        },
      }
    : end;
}
