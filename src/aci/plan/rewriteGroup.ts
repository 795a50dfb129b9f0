import { allContainers, type ContainerDocument, type ContainerGroupDocument } from '../document.ts';
import { type Fault, InvalidRequest } from '../errors.ts';
import type { LauncherVariable } from '../mark.ts';
import { type AppliedOverrides, appliedOverrides } from './appliedOverrides.ts';
import type { Change } from './change.ts';
import { rewriteContainer } from './container.ts';
import { nameKeyOf } from './environmentVariables.ts';
import { assignOverrides, type LaunchOverrides, overrideFaults } from './overrides.ts';
import { missingVariables, restoreSecrets, type Secret } from './secrets.ts';
import { mergeTags, type Tags, tagFaults } from './tags.ts';
import { throwIfAny } from './throwIfAny.ts';
import { groupWarnings } from './warnings.ts';

/** What a request says of a group, whether the group itself is launched or a copy of it. */
export type GroupRequest = {
  overrides: LaunchOverrides;
  /** The container that `overrides.env` and `.secureEnv` are for; without one, the group's only container. */
  container?: string | undefined;
  /** Tags to set, over those that the group has. */
  tags?: Tags | undefined;
};

type RewrittenGroup = {
  /** With what ARM refuses to take back still in it. */
  document: ContainerGroupDocument;
  changes: Change[];
  applied: AppliedOverrides;
  /** One for each value that ARM never returns and nobody supplied. */
  missing: Fault[];
  warnings: string[];
};

/**
 * The group with the request's overrides and tags, the launcher's own variables in every container, and the secrets that ARM
 * never returns. Every other member stays deep-equal to what ARM gave. Pure; mutates nothing.
 * @throws InvalidRequest when the request does not fit the group.
 */
export function rewriteGroup(
  live: ContainerGroupDocument,
  { overrides, container, tags = {} }: GroupRequest,
  launcherVariables: readonly LauncherVariable[],
  secrets: readonly Secret[],
): RewrittenGroup {
  const { assigned, faults } = assignOverrides(live, overrides, container);
  throwIfAny(
    [...overrideFaults(overrides), ...faults, ...tagFaults(tags, '/tags', live.tags)],
    InvalidRequest,
  );

  const { document: restored, changes: restorations, missing, used } = restoreSecrets(live, secrets);
  const keyOf = nameKeyOf(live.properties.osType);
  const rewrite = (each: ContainerDocument) =>
    rewriteContainer(each, assigned.get(each.name) ?? {}, secrets, launcherVariables, keyOf);
  const initContainers = restored.properties.initContainers?.map(rewrite);
  const containers = restored.properties.containers.map(rewrite);
  const merged = mergeTags(live.tags, tags);
  const document: ContainerGroupDocument = {
    ...restored,
    ...(merged.changes.length > 0 && { tags: merged.tags }),
    properties: {
      ...restored.properties,
      ...(initContainers && { initContainers: initContainers.map(({ container }) => container) }),
      containers: containers.map(({ container }) => container),
    },
  };
  const names = new Set(allContainers(live).map(({ name }) => name));
  return {
    document,
    changes: [
      ...restorations,
      ...[...(initContainers ?? []), ...containers].flatMap(({ changes }) => changes),
      ...merged.changes,
    ],
    applied: appliedOverrides(live, assigned, tags),
    missing: [...missingVariables(document), ...missing],
    warnings: groupWarnings(
      live,
      [...used],
      secrets.filter((secret) => ('env' in secret ? !names.has(secret.container) : !used.has(secret))),
    ),
  };
}
