import type { ContainerGroupDocument } from '../../aci/document.ts';
import { RunTooLarge } from '../errors.ts';
import type { RunRecord } from '../runRecord.ts';
import { longestText } from './rowCodec.ts';

/** What the looks add to a run's row, in UTF-16 code units: to each container, and to all of it. */
const perContainer = 400;
const reserved = 16 * 1024;

/** Whether a row of this value has room. */
export function fits(value: object): boolean {
  return sizeOf(value) <= longestText;
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
