import { allContainers, type ContainerGroupDocument } from '../document.ts';
import type { Fault } from '../errors.ts';
import { asText, type JsonObject, type JsonValue } from '../json.ts';
import { toPointer } from '../jsonPointer.ts';
import { isReservedName } from '../mark.ts';
import type { VariableOverride } from './environmentVariables.ts';

/** What one launch asks of one container. */
export type ContainerOverrides = {
  /** Text as it is, numbers and booleans as text, objects and arrays as JSON text; null takes the variable away. */
  env?: Record<string, JsonValue>;
  secureEnv?: Record<string, string>;
  command?: string[];
  image?: string;
  /** As in ACI: `requests` and `limits`. */
  resources?: { requests?: JsonObject; limits?: JsonObject };
};

/** What one launch asks of the group; `env` and `secureEnv` are for its only container, or the one that the job names. */
export type LaunchOverrides = Pick<ContainerOverrides, 'env' | 'secureEnv'> & {
  containers?: Record<string, ContainerOverrides>;
};

/**
 * ACI's rule for the name of a variable, from the text of its error `InvalidContainerEnvironmentVariable`: 1–63
 * letters, digits and underscores, the first no digit. It lets `__proto__` through; `overrideFaults` does not.
 */
const variableName = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** What is wrong with a variable's name, in words that follow it; undefined when nothing is. */
export function variableNameFault(name: string): string | undefined {
  if (!variableName.test(name) || name === '__proto__') {
    return 'must be 1–63 letters, digits and underscores, and start with no digit';
  }
  return isReservedName(name) ? 'is reserved: the launcher sets it to tell this run from others' : undefined;
}

/** Every fault of the overrides that shows without the group they are for. */
export function overrideFaults(overrides: LaunchOverrides): Fault[] {
  return [
    ...variableFaults(overrides, []),
    ...Object.entries(overrides.containers ?? {}).flatMap(([name, container]) =>
      variableFaults(container, ['containers', name]),
    ),
  ];
}

/**
 * Which container gets which overrides.
 * @param defaultContainer the container that `env` and `secureEnv` are for; without one, the group's only container.
 * @returns overrides by container name, and every fault that shows against the group.
 */
export function assignOverrides(
  document: ContainerGroupDocument,
  overrides: LaunchOverrides,
  defaultContainer: string | undefined,
): { assigned: Map<string, ContainerOverrides>; faults: Fault[] } {
  const faults: Fault[] = [];
  const names = allContainers(document).map(({ name }) => name);
  const initNames = new Set(document.properties.initContainers?.map(({ name }) => name));
  const assigned = new Map(Object.entries(overrides.containers ?? {}));
  for (const [name, { resources }] of assigned) {
    const target = toPointer('containers', name);
    if (!names.includes(name)) {
      faults.push({
        code: 'ContainerNotFound',
        target,
        message: `The group has no container '${name}'; it has ${quoted(names)}.`,
      });
    } else if (resources && initNames.has(name)) {
      faults.push({
        code: 'InvalidMember',
        target: `${target}/resources`,
        message: `'${name}' is an init container, and those take no resources.`,
      });
    }
  }
  const shared = (['env', 'secureEnv'] as const).filter((member) => overrides[member] !== undefined);
  const only =
    document.properties.containers.length === 1 ? document.properties.containers[0]?.name : undefined;
  const container = defaultContainer ?? only;
  if (shared.length > 0 && (container === undefined || !names.includes(container))) {
    for (const member of shared) {
      faults.push({
        code: container === undefined ? 'ContainerRequired' : 'ContainerNotFound',
        target: toPointer(member),
        message:
          container === undefined
            ? `The group has several containers, ${quoted(names)}: say which one by "containers": {"<name>": {"${member}": …}}.`
            : `The job sets variables in container '${container}', which the group does not have; it has ${quoted(names)}.`,
      });
    }
  } else if (shared.length > 0 && container !== undefined) {
    const own = assigned.get(container);
    faults.push(...doublyNamed(container, overrides, own));
    assigned.set(container, {
      ...own,
      env: { ...overrides.env, ...own?.env },
      secureEnv: { ...overrides.secureEnv, ...own?.secureEnv },
    });
  }
  return { assigned, faults };
}

/** One container's overrides of variables, by name. */
export function variableOverrides({ env, secureEnv }: ContainerOverrides): Map<string, VariableOverride> {
  return new Map<string, VariableOverride>([
    ...Object.entries(env ?? {}).map(([name, value]): [string, VariableOverride] => [
      name,
      value === null ? null : { value: asText(value) },
    ]),
    ...Object.entries(secureEnv ?? {}).map(([name, secureValue]): [string, VariableOverride] => [
      name,
      { secureValue },
    ]),
  ]);
}

function variableFaults({ env, secureEnv }: ContainerOverrides, path: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const [member, variables] of Object.entries({ env, secureEnv })) {
    for (const [name, value] of Object.entries(variables ?? {})) {
      const target = toPointer(...path, member, name);
      const nameFault = variableNameFault(name);
      if (nameFault) {
        faults.push({
          code: 'InvalidVariableName',
          target,
          message: `The variable name '${name}' ${nameFault}.`,
        });
      }
      if (value !== null && asText(value).includes('\0')) {
        faults.push({
          code: 'InvalidVariableValue',
          target,
          message: `The value of '${name}' holds a NUL character, which no environment variable can.`,
        });
      }
    }
  }
  return [
    ...faults,
    ...namedAs(Object.keys(env ?? {}), Object.keys(secureEnv ?? {}), [...path, 'secureEnv'], 'env'),
  ];
}

/** Variables that both the request itself and its member for one container set. */
function doublyNamed(
  container: string,
  shared: LaunchOverrides,
  own: ContainerOverrides | undefined,
): Fault[] {
  const sharedNames = [...Object.keys(shared.env ?? {}), ...Object.keys(shared.secureEnv ?? {})];
  return (['env', 'secureEnv'] as const).flatMap((member) =>
    namedAs(
      sharedNames,
      Object.keys(own?.[member] ?? {}),
      ['containers', container, member],
      'the request itself',
    ),
  );
}

function namedAs(once: string[], again: string[], path: readonly string[], elsewhere: string): Fault[] {
  return again
    .filter((name) => once.includes(name))
    .map((name) => ({
      code: 'DuplicateVariable',
      target: toPointer(...path, name),
      message: `'${name}' is set here and in ${elsewhere}; set it once.`,
    }));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
