import { HostError } from '../hostError.ts';
import { resolveSettings } from '../resolveSettings.ts';

const valid = /^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const poison = '-poison';

/**
 * The queue that a binding names, `%SETTING%` replaced by that setting's value. Capitals become small, as in the host.
 * @throws HostError when a setting is missing or the name breaks the rules of
 *   https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
 */
export function readQueueName(
  binding: Record<string, unknown> | undefined,
  environment: NodeJS.ProcessEnv,
): string {
  const name = resolveSettings(binding, 'queueName', environment).toLowerCase();
  if (!valid.test(name)) {
    throw new HostError(`'${name}' is not the name of a queue.`);
  }
  return name;
}

/** Where messages go that always fail. A poison queue has none of its own, nor has a queue whose name is too long. */
export function poisonQueueName(queueName: string): string | undefined {
  const name = `${queueName}${poison}`;
  return queueName.endsWith(poison) || !valid.test(name) ? undefined : name;
}
