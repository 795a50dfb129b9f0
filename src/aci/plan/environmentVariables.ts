import type { EnvironmentVariable } from '../document.ts';

/** What a launch says of one variable; null takes it away. */
export type VariableOverride = { value: string } | { secureValue: string } | null;

/**
 * Merges overrides into a container's variables by name: each replaces the variable of its name where it stands, new ones
 * follow at the end. Other variables, and members of a variable besides its value, are kept. Nothing is mutated.
 * @param live absent and null are an empty list to ARM.
 */
export function mergeEnvironmentVariables(
  live: readonly EnvironmentVariable[] | null | undefined,
  overrides: ReadonlyMap<string, VariableOverride>,
): EnvironmentVariable[] {
  const merged: EnvironmentVariable[] = [];
  const waiting = new Map(overrides);
  for (const variable of live ?? []) {
    if (!overrides.has(variable.name)) {
      merged.push(variable);
      continue;
    }
    const override = waiting.get(variable.name);
    waiting.delete(variable.name);
    if (override) {
      const { value: _, secureValue: __, secureValueReference: ___, ...rest } = variable;
      merged.push({ ...rest, name: variable.name, ...override });
    }
  }
  for (const [name, override] of waiting) {
    if (override) {
      merged.push({ name, ...override });
    }
  }
  return merged;
}

/** Whether ARM answered this variable without its value: it is secure, and writing it back so would lose it. */
export function isBare(variable: EnvironmentVariable): boolean {
  return [variable.value, variable.secureValue, variable.secureValueReference].every(
    (value) => value === undefined || value === null,
  );
}

/** Whether the variable's value is one that ARM does not show. */
export function isSecure(variable: EnvironmentVariable): boolean {
  return variable.value === undefined || variable.value === null;
}
