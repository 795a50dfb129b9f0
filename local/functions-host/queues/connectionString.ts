import { HostError } from '../hostError.ts';

/**
 * The connection string of the storage that a binding's `connection` names: a setting, with `AzureWebJobs` before the
 * name or without, as in the host. `AzureWebJobsStorage` when the binding names none.
 * @throws HostError when there is none, or an identity is meant, for which this stand-in has no credential.
 */
export function findConnectionString(connection: unknown, environment: NodeJS.ProcessEnv): string {
  const name = typeof connection === 'string' && connection !== '' ? connection : 'Storage';
  const candidates = [`AzureWebJobs${name}`, name];
  const found = candidates.map((candidate) => environment[candidate]).find(Boolean);
  if (found) {
    return found;
  }
  const asked = connection ? name : candidates[0];
  const identity = Object.keys(environment).find((key) =>
    candidates.some((candidate) => key.startsWith(`${candidate}__`)),
  );
  if (identity) {
    throw new HostError(
      `${identity} is for a connection with an identity, which this stand-in cannot make; set ${asked} to a connection string.`,
    );
  }
  throw new HostError(`its connection, the setting ${asked}, has no value.`);
}
