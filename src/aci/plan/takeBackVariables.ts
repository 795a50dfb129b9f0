import type { EnvironmentVariable } from '../document.ts';
import type { Applied, AppliedVariable } from './appliedOverrides.ts';
import { isBare, type NameKey } from './environmentVariables.ts';
import { fingerprintOf } from './fingerprint.ts';

/**
 * A container's variables with those put back that still are what the launch left. What was replaced is put back where it
 * stands; what was taken away returns to its place. Nothing is mutated.
 */
export function takeBackVariables(
  live: readonly EnvironmentVariable[],
  applied: readonly AppliedVariable[],
  keyOf: NameKey,
): EnvironmentVariable[] {
  const byKey = Map.groupBy(live, ({ name }) => keyOf(name));
  const due = new Map(
    applied
      .map((each) => [keyOf(each.name), each] as const)
      .filter(([key, each]) => isStill(each.applied, byKey.get(key) ?? [])),
  );
  const variables = live.flatMap((variable) => {
    const [first] = due.get(keyOf(variable.name))?.before ?? [{ variable }];
    return first ? [first.variable] : [];
  });
  // In the order of their places, each finds those before it already there.
  const returning = [...due.values()]
    .flatMap(({ applied, before }) => (applied === 'absent' ? before : before.slice(1)))
    .sort((one, other) => one.index - other.index);
  for (const { index, variable } of returning) {
    variables.splice(index, 0, variable);
  }
  return variables;
}

/** Whether what the group now holds of one name is what the launch left. */
function isStill(applied: Applied, [variable, ...more]: readonly EnvironmentVariable[]): boolean {
  if (variable === undefined || more.length > 0) {
    return variable === undefined && applied === 'absent';
  }
  return isBare(variable) ? applied === 'secure' : fingerprintOf(variable.value) === applied;
}
