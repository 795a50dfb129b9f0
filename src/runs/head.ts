import type { AppliedOverrides } from '../aci/plan/appliedOverrides.ts';

/** What one launch of a group replaced in it. */
export type AppliedLaunch = { runId: string; attempt: number; applied: AppliedOverrides };

/**
 * Who may write to a container group: one run at a time, and after it those that wait, in the order in which they came. And what its last
 * launches replaced in it, newest first, for the next one to put back.
 */
export type Head = { current?: string; queue: string[]; launches?: readonly AppliedLaunch[] };

export const freeHead: Head = { queue: [] };

/** As many runs may wait for one group. */
export const mostQueued = 500;

/** The group's head with this run in it: holding it when it is free, else waiting, in front of all others when it is to replace. */
export function enter(head: Head, runId: string, isReplacing: boolean): Head {
  if (head.current === undefined) {
    return { ...head, current: runId };
  }
  return { ...head, queue: isReplacing ? [runId, ...head.queue] : [...head.queue, runId] };
}

/** The group's head without this run; when the run held it, the first that waits holds it now. */
export function leave({ current, queue, ...rest }: Head, runId: string): Head {
  if (current !== runId) {
    return { ...rest, ...(current !== undefined && { current }), queue: queue.filter((id) => id !== runId) };
  }
  const [next, ...others] = queue;
  return { ...rest, ...(next !== undefined && { current: next }), queue: others };
}
