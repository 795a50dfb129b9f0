import { parse, v7, validate, version } from 'uuid';

/**
 * A new run id: a UUID of version 7, so that ids sort by the time at which their runs were asked for.
 * @param now milliseconds since 1970.
 * @param random 16 random bytes.
 */
export function newRunId(now: number, random: Uint8Array): string {
  return v7({ msecs: now, random });
}

/** When the run with this id was asked for, in milliseconds since 1970; undefined when the text is no run id. */
export function createdAtOf(runId: string): number | undefined {
  if (!validate(runId) || version(runId) !== 7) {
    return undefined;
  }
  return parse(runId)
    .subarray(0, 6)
    .reduce((milliseconds, byte) => milliseconds * 256 + byte, 0);
}
