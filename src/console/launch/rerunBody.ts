/** A secure variable that a run had, with its value as it was typed in again. */
export type Secret = { container: string; name: string; value: string };

/** What a rerun sends again. @param callbackUrl undefined where the run had none; empty for no callback this time. */
export function rerunBody(
  secrets: readonly Secret[],
  callbackUrl: string | undefined,
): Record<string, unknown> {
  const byContainer = Map.groupBy(secrets, ({ container }) => container);
  const containers = [...byContainer].map(([container, of]) => [
    container,
    { secureEnv: Object.fromEntries(of.map(({ name, value }) => [name, value])) },
  ]);
  return {
    ...(containers.length > 0 && { containers: Object.fromEntries(containers) }),
    ...(callbackUrl !== undefined && { callbackUrl: callbackUrl || null }),
  };
}
