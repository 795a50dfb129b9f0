import type { ContainerGroupDocument } from '../../aci/document.ts';
import { RunTooLarge } from '../errors.ts';
import { type AppliedLaunch, type Head, mostQueued } from '../head.ts';
import type { RunRecord } from '../runRecord.ts';
import { longestText } from './rowCodec.ts';

/** What the looks add to a run's row, in UTF-16 code units: to each container, and to all of it. */
const perContainer = 400;
const reserved = 16 * 1024;

/** Whether a row of this value has room. */
export function fits(value: object): boolean {
  return sizeOf(value) <= longestText;
}

/** What each run that waits for a group takes in the row of its head: its id, in quotes, and a comma. */
const perWaitingRun = 39;

/** Whether the row of a group's head has room for these beside as many runs as may ever wait for it. */
export function launchesFit(launches: readonly AppliedLaunch[]): boolean {
  const others = { current: '', queue: [] } satisfies Head;
  return sizeOf({ ...others, launches }) + (1 + mostQueued) * perWaitingRun <= longestText;
}

/**
 * @param live undefined where Azure has not shown the group yet.
 * @throws RunTooLarge when the run's row has no room for what the looks at its containers will tell.
 */
export function requireRoom(run: RunRecord, live: ContainerGroupDocument | undefined): void {
  const containers = run.tasks.length * (live?.properties.containers.length ?? 1);
  if (sizeOf(run) + containers * perContainer + reserved > longestText) {
    throw new RunTooLarge(
      `${run.env.length} variables and the states of ${containers} containers have no room in a row of the table`,
    );
  }
}

function sizeOf(value: object): number {
  return JSON.stringify(value).length;
}
