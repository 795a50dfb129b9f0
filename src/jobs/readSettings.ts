import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import { readSetting } from './readSetting.ts';

/**
 * The values of one app setting, or of a list of them while one takes the place of another. No fault shows one.
 * @param given one `setting:NAME`, or several.
 * @param member where they are given, as the segments of a JSON Pointer.
 * @returns one for one, without white space around it; undefined where there is a fault.
 */
export function readSettings(
  given: string | readonly string[] | undefined,
  member: readonly string[],
  setting: (name: string) => string | undefined,
  faults: Fault[],
): (string | undefined)[] {
  return [given ?? []].flat().map((from, index) => {
    const before = faults.length;
    const value = readSetting(from, settingTarget(given, member, index), setting, faults);
    return faults.length === before ? value?.trim() : undefined;
  });
}

/** Where the setting with this index is given. */
export function settingTarget(
  given: string | readonly string[] | undefined,
  member: readonly string[],
  index: number,
): string {
  return typeof given === 'string' ? toPointer(...member) : toPointer(...member, index);
}
