import type { EnvironmentVariable } from '../document.ts';

/** What a launch says of one variable; null takes it away. */
export type VariableOverride = { value: string } | { secureValue: string } | null;

/** How a container's system tells names apart: Windows takes `Path` and `PATH` for one variable. */
export type NameKey = (name: string) => string;

/** @param osType as in the group's document; ACI's default is Linux. */
export function nameKeyOf(osType: string | undefined): NameKey {
  return osType === 'Windows' ? (name) => name.toUpperCase() : (name) => name;
}

/**
 * Merges overrides into a container's variables by name: each replaces the variable of its name where it stands, new ones
 * follow at the end. Other variables, and members of a variable besides its value, are kept. Nothing is mutated.
 * @param live absent and null are an empty list to ARM.
 */
export function mergeEnvironmentVariables(
  live: readonly EnvironmentVariable[] | null | undefined,
  overrides: ReadonlyMap<string, VariableOverride>,
  keyOf: NameKey = nameKeyOf('Linux'),
): EnvironmentVariable[] {
  const merged: EnvironmentVariable[] = [];
  const asked = new Map([...overrides].map(([name, override]) => [keyOf(name), { name, override }]));
  const waiting = new Map(asked);
  for (const variable of live ?? []) {
    const key = keyOf(variable.name);
    if (!asked.has(key)) {
      merged.push(variable);
      continue;
    }
    const { name, override } = waiting.get(key) ?? {};
    waiting.delete(key);
    if (name !== undefined && override) {
      const { value: _, secureValue: __, secureValueReference: ___, ...rest } = variable;
      merged.push({ ...rest, name, ...override });
    }
  }
  for (const { name, override } of waiting.values()) {
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
