import type { Head } from '../head.ts';
import type { RunRecord, Task } from '../runRecord.ts';
import { intervals, watchInterval } from './intervals.ts';

/** When a run is to be looked at again, if nothing happens before. Pure; milliseconds since 1970. */
export function nextLookAt(run: RunRecord, head: Head, now: number): number {
  if (run.end) {
    return now + intervals.settling;
  }
  const { launchedAt, createdAt, timeoutSeconds, startWithinSeconds, wish } = run;
  const limits = wish
    ? []
    : [
        createdAt + startWithinSeconds * 1000,
        ...(launchedAt === undefined ? [] : [launchedAt + timeoutSeconds * 1000]),
      ].filter((limit) => limit > now);
  const looks = run.tasks.map((task) => lookAtTask(task, run, head, now));
  return Math.max(Math.min(...looks, ...limits), now + 1_000);
}

function lookAtTask(task: Task, run: RunRecord, head: Head, now: number): number {
  const doubt = task.absentSince ?? task.strangerSince;
  if (doubt !== undefined && task.phase !== 'over') {
    return doubt + intervals.certainty;
  }
  switch (task.phase) {
    case 'waiting':
      if (run.mode === 'clone' && task.notBefore <= now) {
        return hasFreeSlot(run) ? now : Number.POSITIVE_INFINITY; // those before it are looked at
      }
      if (run.mode === 'recreate' && head.current !== run.id) {
        return now + intervals.queued;
      }
      return task.notBefore > now ? task.notBefore : now + intervals.settling;
    case 'launching':
      return now + (task.launch?.quietSince === undefined ? intervals.settling : intervals.certainty);
    case 'watching':
      return now + watchInterval(now - (task.launch?.at ?? now));
    case 'ending':
      // Whoever stops it may be done long before the claim is over, and tells nobody.
      return now + (task.claim ? intervals.certainty : intervals.settling);
    case 'over':
      return Number.POSITIVE_INFINITY;
  }
}

function hasFreeSlot({ tasks, parallelism }: RunRecord): boolean {
  return tasks.filter(({ phase }) => phase !== 'waiting' && phase !== 'over').length < parallelism;
}
