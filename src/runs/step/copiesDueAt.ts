import type { RunRecord } from '../runRecord.ts';

/** When the copies of a run that is over may be deleted, in milliseconds since 1970. */
export function copiesDueAt({ finishedAt = 0, ttlSeconds }: RunRecord): number {
  return finishedAt + ttlSeconds * 1000;
}
