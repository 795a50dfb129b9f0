/** A secure variable that a run had, with its value as it was typed in again. */
export type Secret = { container: string; name: string; value: string };

/**
 * What a rerun sends again: a job's contract takes variables of the request itself, and not of containers by name, where that is the same.
 * @param shared the container that the request's own variables go to; undefined where there is none.
 * @param callbackUrl undefined where the run had none; empty for no callback this time.
 */
export function rerunBody(
  secrets: readonly Secret[],
  callbackUrl: string | undefined,
  shared: string | undefined,
): Record<string, unknown> {
  const isShared = ({ container }: Secret) => container === '' || container === shared;
  const secureEnvOf = (of: readonly Secret[]) =>
    Object.fromEntries(of.map(({ name, value }) => [name, value]));
  const own = secrets.filter(isShared);
  const byContainer = Map.groupBy(
    secrets.filter((secret) => !isShared(secret)),
    ({ container }) => container,
  );
  const containers = [...byContainer].map(([container, of]) => [container, { secureEnv: secureEnvOf(of) }]);
  return {
    ...(own.length > 0 && { secureEnv: secureEnvOf(own) }),
    ...(containers.length > 0 && { containers: Object.fromEntries(containers) }),
    ...(callbackUrl !== undefined && { callbackUrl: callbackUrl || null }),
  };
}
