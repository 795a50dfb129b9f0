import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import { jobFault } from '../jobs/jobFault.ts';
import type { HookConfig } from './hook.schema.ts';
import type { Hook } from './hook.ts';
import { hookFaults } from './hookFaults.ts';
import { senderOf } from './senderOf.ts';

/**
 * Reads a job's hook, of the right shape, with its secrets.
 * @param secrets what the settings of `config.secret` hold, one for one; undefined where that could not be read, which whoever
 *   tried has told. White space around them is left out.
 * @returns every fault, with a JSON Pointer into the hook; a hook only where there is none. No fault shows a secret.
 */
export function readHook(
  config: HookConfig,
  secrets: readonly (string | undefined)[],
): { hook: Hook | undefined; faults: Fault[] } {
  const sender = senderOf(config);
  const given = secrets.map((secret) => secret?.trim());
  const known = given.filter((secret) => secret !== undefined);
  const faults = hookFaults(config);
  for (const [index, secret] of given.entries()) {
    const fault = secret === undefined ? undefined : sender.secretFault(secret);
    if (fault !== undefined) {
      faults.push(secretFault(config.secret, index, fault));
    }
  }
  if (faults.length > 0 || known.length < given.length) {
    return { hook: undefined, faults };
  }
  const { preset, allowedOrigins = ['eventgrid.azure.net'], includeResolved = false } = config;
  return {
    hook: {
      preset,
      proof: sender.proofBy(known),
      places: sender.places,
      allowedOrigins: preset === 'event-grid' ? allowedOrigins : [],
      includeResolved,
    },
    faults,
  };
}

function secretFault(secret: HookConfig['secret'], index: number, fault: string): Fault {
  const from = [secret].flat()[index] ?? '';
  return jobFault(
    typeof secret === 'string' ? '/secret' : toPointer('secret', index),
    `The app setting '${from.slice('setting:'.length)}' ${fault}.`,
  );
}
