import type { Claim, Launch, RunRecord, Task } from '../runRecord.ts';
import { intervals } from './intervals.ts';

/** The run as it must be stored before the PUT of a task's next launch is sent. Pure. */
export function beginLaunch(
  run: RunRecord,
  index: number,
  lastStarts: Launch['lastStarts'],
  claim: Claim,
  now: number,
): RunRecord {
  return withTask(run, index, (task) => {
    const { waitReason, waitError: _, absentSince: __, strangerSince: ___, ...rest } = task;
    return {
      ...rest,
      phase: 'launching',
      attempt: task.attempt + 1,
      containers: [],
      launch: { at: now, accepted: false, lastStarts, ...(waitReason && { waitReason }) },
      claim,
    };
  });
}

/** The run as it must be stored before a task's group is told to stop. Pure. */
export function beginStop(run: RunRecord, index: number, claim: Claim): RunRecord {
  return withTask(run, index, (task) => ({ ...task, claim }));
}

/** A claim for a call to ARM that is sent soon. @param by random text. */
export function newClaim(by: string, now: number): Claim {
  return { by, until: now + intervals.prepare + intervals.armCall };
}

/** Whether there is still time for a call under this claim: it must be over before the claim is. */
export function isInTime({ until }: Claim, now: number): boolean {
  return now <= until - intervals.armCall;
}

function withTask(run: RunRecord, index: number, change: (task: Task) => Task): RunRecord {
  return { ...run, tasks: run.tasks.map((task) => (task.index === index ? change(task) : task)) };
}
