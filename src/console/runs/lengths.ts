import { isOver, type Run } from '../../runs/run.ts';

type Times = Pick<Run, 'createdAt' | 'startedAt' | 'finishedAt' | 'status'>;

/**
 * How long a run's containers have run, in milliseconds; undefined for one that never started any. What is not over counts to now.
 */
export function ranFor({ startedAt, finishedAt, status }: Times, now: number): number | undefined {
  if (startedAt === undefined) {
    return undefined;
  }
  const end = finishedAt !== undefined ? Date.parse(finishedAt) : isOver({ status }) ? undefined : now;
  return end === undefined ? undefined : Math.max(0, end - Date.parse(startedAt));
}
