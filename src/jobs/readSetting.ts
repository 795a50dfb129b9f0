import type { Fault } from '../aci/errors.ts';
import { jobFault } from './jobFault.ts';

/**
 * The value of an app setting that the jobs file names. No fault shows it.
 * @param from such as `setting:DB_PASSWORD`.
 * @param setting what an app setting holds.
 */
export function readSetting(
  from: string,
  target: string,
  setting: (name: string) => string | undefined,
  faults: Fault[],
): string | undefined {
  const name = from.slice('setting:'.length);
  const value = setting(name);
  if (!value?.trim()) {
    faults.push(jobFault(target, `The app setting '${name}' is not set.`));
  } else if (/^@Microsoft\.KeyVault\(/i.test(value)) {
    faults.push(
      jobFault(
        target,
        `The app setting '${name}' holds a Key Vault reference that the platform could not resolve: see the setting's status in the portal.`,
      ),
    );
  }
  return value;
}
