import { isDeepStrictEqual } from 'node:util';
import {
  allContainers,
  type ContainerDocument,
  type ContainerGroupDocument,
  type EnvironmentVariable,
} from '../document.ts';
import { type NameKey, nameKeyOf, type VariableOverride } from './environmentVariables.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type ContainerOverrides, variableOverrides } from './overrides.ts';
import { type Tags, tagsByKey } from './tags.ts';

/**
 * What a launch's request replaced, for the next launch to put back: JSON, to be stored with the run. Secrets that a job
 * supplies and the run's mark are no overrides, and not in it. No secret value is: what stood there before is as ARM
 * answered it, and of what was put there only a fingerprint is kept.
 */
export type AppliedOverrides = {
  containers: AppliedContainer[];
  tags: AppliedTag[];
};

export type AppliedContainer = {
  name: string;
  environmentVariables: AppliedVariable[];
  command?: AppliedMember;
  image?: AppliedMember;
};

/**
 * What a launch left: the fingerprint of a plain value; `secure` for a value that ARM does not show; `absent` for what it took
 * away.
 */
export type Applied = string;

/** A variable that a launch replaced, set or took away. */
export type AppliedVariable = {
  name: string;
  /** What had the name, with its places in the list: none when it is new, several where the group held the name twice. */
  before: { index: number; variable: EnvironmentVariable }[];
  applied: Applied;
};

/** Without `before` the container had no such member. */
type AppliedMember = { before?: unknown; applied: Applied };

/** Without `before` the group had no such tag. */
export type AppliedTag = { name: string; before?: string; applied: Applied };

/** The members of a container, its variables apart, that come back after a run. ACI cannot change its resources. */
export const replaceableMembers = ['command', 'image'] as const;

/**
 * What a launch replaces; what it asks for and the group has already is left out.
 * @param base the group that the launch is planned on.
 * @param assigned the overrides by container name.
 */
export function appliedOverrides(
  base: ContainerGroupDocument,
  assigned: ReadonlyMap<string, ContainerOverrides>,
  tags: Tags,
): AppliedOverrides {
  const keyOf = nameKeyOf(base.properties.osType);
  return {
    containers: allContainers(base)
      .map((container) => appliedTo(container, assigned.get(container.name) ?? {}, keyOf))
      .filter(
        ({ environmentVariables, command, image }) => environmentVariables.length > 0 || command || image,
      ),
    tags: appliedTags(base.tags, tags),
  };
}

function appliedTo(
  { name, properties }: ContainerDocument,
  overrides: ContainerOverrides,
  keyOf: NameKey,
): AppliedContainer {
  const applied: AppliedContainer = {
    name,
    environmentVariables: appliedVariables(
      properties.environmentVariables ?? [],
      variableOverrides(overrides),
      keyOf,
    ),
  };
  for (const member of replaceableMembers) {
    const value = overrides[member];
    if (value !== undefined && !isDeepStrictEqual(value, properties[member])) {
      applied[member] = {
        ...(Object.hasOwn(properties, member) && { before: properties[member] }),
        applied: fingerprintOf(value),
      };
    }
  }
  return applied;
}

function appliedVariables(
  live: readonly EnvironmentVariable[],
  asked: ReadonlyMap<string, VariableOverride>,
  keyOf: NameKey,
): AppliedVariable[] {
  const byKey = new Map([...asked].map(([name, override]) => [keyOf(name), { name, override }]));
  return [...byKey]
    .map(([key, { name, override }]) => ({
      name,
      before: live
        .map((variable, index) => ({ index, variable }))
        .filter(({ variable }) => keyOf(variable.name) === key),
      applied: appliedBy(override),
    }))
    .filter(({ before, applied, name }) => {
      const [first, ...more] = before;
      return first === undefined
        ? applied !== 'absent'
        : more.length > 0 || first.variable.name !== name || fingerprintOf(first.variable.value) !== applied;
    });
}

function appliedBy(override: VariableOverride): Applied {
  if (override === null) {
    return 'absent';
  }
  return 'value' in override ? fingerprintOf(override.value) : 'secure';
}

function appliedTags(live: Tags | null | undefined, asked: Tags): AppliedTag[] {
  const before = tagsByKey(live);
  return [...tagsByKey(asked)]
    .filter(([key, { value }]) => before.get(key)?.value !== value)
    .map(([key, { name, value }]) => {
      const tag = before.get(key);
      return { name, ...(tag && { before: tag.value }), applied: fingerprintOf(value) };
    });
}
