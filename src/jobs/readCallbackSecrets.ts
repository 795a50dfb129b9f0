import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import { callbackSecretFault } from '../runs/callbacks/callbackSecret.ts';
import { jobFault } from './jobFault.ts';
import { readSetting } from './readSetting.ts';

/**
 * The secrets that a job's callbacks are signed with, from the app's settings. No fault shows one.
 * @param given one `setting:NAME`, or several.
 */
export function readCallbackSecrets(
  given: string | readonly string[] | undefined,
  setting: (name: string) => string | undefined,
  faults: Fault[],
): string[] {
  const targetOf = (index: number) =>
    typeof given === 'string' ? '/callbackSecret' : toPointer('callbackSecret', index);
  return [given ?? []].flat().map((from, index) => {
    const before = faults.length;
    const value = readSetting(from, targetOf(index), setting, faults)?.trim() ?? '';
    const fault = faults.length === before ? callbackSecretFault(value) : undefined;
    if (fault !== undefined) {
      faults.push(jobFault(targetOf(index), `The app setting '${from.slice('setting:'.length)}' ${fault}.`));
    }
    return value;
  });
}
