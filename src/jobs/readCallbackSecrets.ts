import type { Fault } from '../aci/errors.ts';
import { callbackSecretFault } from '../runs/callbacks/callbackSecret.ts';
import { jobFault } from './jobFault.ts';
import { readSettings, settingTarget } from './readSettings.ts';

const member = ['callbackSecret'];

/**
 * The secrets that a job's callbacks are signed with, from the app's settings. No fault shows one.
 * @param given one `setting:NAME`, or several.
 */
export function readCallbackSecrets(
  given: string | readonly string[] | undefined,
  setting: (name: string) => string | undefined,
  faults: Fault[],
): string[] {
  return readSettings(given, member, setting, faults).map((value, index) => {
    const fault = value === undefined ? undefined : callbackSecretFault(value);
    if (fault !== undefined) {
      const from = [given ?? []].flat()[index] ?? '';
      const target = settingTarget(given, member, index);
      faults.push(jobFault(target, `The app setting '${from.slice('setting:'.length)}' ${fault}.`));
    }
    return value ?? '';
  });
}
