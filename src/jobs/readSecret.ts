import type { Fault } from '../aci/errors.ts';
import { variableNameFault } from '../aci/plan/overrides.ts';
import type { Secret, SecretPlace } from '../aci/plan/secrets.ts';
import { jobFault } from './jobFault.ts';
import type { SecretEntry } from './jobsFile.schema.ts';
import { readSetting } from './readSetting.ts';

/**
 * Reads one of a job's secrets, with its value from the app's settings. No fault shows a value.
 * @param setting what an app setting holds.
 * @returns undefined when it is not clear what the secret is for.
 */
export function readSecret(
  entry: SecretEntry,
  target: string,
  setting: (name: string) => string | undefined,
  faults: Fault[],
): Secret | undefined {
  const place = placeOf(entry);
  if (place === undefined) {
    faults.push(
      jobFault(
        target,
        'A secret names one of: container and env; registry; volume; volume and key; workspace ("key" or "resourceId").',
      ),
    );
  }
  const nameFault = place && 'env' in place ? variableNameFault(place.env) : undefined;
  if (nameFault) {
    faults.push(jobFault(`${target}/env`, `The variable name '${entry.env}' ${nameFault}.`));
  }
  if (entry.from === 'none') {
    if (entry.workspace !== 'resourceId') {
      faults.push(jobFault(`${target}/from`, `Only a workspace's resourceId can come from none.`));
    }
    return place && { ...place, value: undefined };
  }
  const value = readSetting(entry.from, `${target}/from`, setting, faults);
  return place && { ...place, value: value ?? '' };
}

function placeOf({ from: _, ...entry }: SecretEntry): SecretPlace | undefined {
  const { container, env, registry, volume, key, workspace } = entry;
  switch (Object.keys(entry).sort().join()) {
    case 'container,env':
      return { container: container ?? '', env: env ?? '' };
    case 'registry':
      return { registry: registry ?? '' };
    case 'volume':
      return { volume: volume ?? '' };
    case 'key,volume':
      return { volume: volume ?? '', key: key ?? '' };
    case 'workspace':
      return { workspace: workspace ?? 'key' };
    default:
      return undefined;
  }
}
