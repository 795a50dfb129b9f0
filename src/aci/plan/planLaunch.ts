import { isDeepStrictEqual } from 'node:util';
import { allContainers, type ContainerGroupDocument } from '../document.ts';
import { type Fault, InvalidRequest, NeedsClone, SecretsRequired } from '../errors.ts';
import type { Mark } from '../mark.ts';
import { fixedProperties, readOnlyProperties } from '../properties.ts';
import { nameOf, valuesAt, withoutProperty } from '../propertyPaths.ts';
import type { Change } from './change.ts';
import { rewriteContainer } from './container.ts';
import { nameKeyOf } from './environmentVariables.ts';
import { assignOverrides, type LaunchOverrides, overrideFaults } from './overrides.ts';
import { missingVariables, restoreSecrets, type Secret } from './secrets.ts';
import { launchWarnings } from './warnings.ts';

/** What a launch is about, the group itself apart. */
export type LaunchRequest = {
  overrides: LaunchOverrides;
  /** The container that `overrides.env` and `.secureEnv` are for; without one, the group's only container. */
  container?: string | undefined;
  mark: Mark;
};

export type LaunchPlan = {
  /** What to PUT. It holds secrets in clear. */
  document: ContainerGroupDocument;
  /** What differs from the live group, the mark apart; fit to be shown. */
  changes: Change[];
  warnings: string[];
};

/**
 * Plans a launch: the live group with the request's overrides, the run's mark and the secrets that ARM never returns,
 * and without what ARM refuses to take back. Every other member stays deep-equal to what ARM gave. Pure; mutates nothing.
 * @param live the group as GET answered it.
 * @throws InvalidRequest when the overrides do not fit the group; NeedsClone when ACI cannot make the change in place;
 *   SecretsRequired, with a fault for each, when a value that ARM never returns is in nobody's hands.
 */
export function planLaunch(
  live: ContainerGroupDocument,
  { overrides, container, mark }: LaunchRequest,
  secrets: readonly Secret[],
): LaunchPlan {
  const { assigned, faults } = assignOverrides(live, overrides, container);
  throwIfAny([...overrideFaults(overrides), ...faults], InvalidRequest);

  const { document: restored, changes: restorations, missing, used } = restoreSecrets(live, secrets);
  const keyOf = nameKeyOf(live.properties.osType);
  const rewrite = (document: ContainerGroupDocument['properties']['containers'][number]) =>
    rewriteContainer(document, assigned.get(document.name) ?? {}, secrets, mark, keyOf);
  const initContainers = restored.properties.initContainers?.map(rewrite);
  const containers = restored.properties.containers.map(rewrite);
  const merged: ContainerGroupDocument = {
    ...restored,
    properties: {
      ...restored.properties,
      ...(initContainers && { initContainers: initContainers.map(({ container }) => container) }),
      containers: containers.map(({ container }) => container),
    },
  };
  throwIfAny(fixedFaults(live, merged), NeedsClone);
  throwIfAny([...missingVariables(merged), ...missing], SecretsRequired);

  const names = new Set(allContainers(live).map(({ name }) => name));
  return {
    document: readOnlyProperties.reduce((document, path) => withoutProperty(document, path), merged),
    changes: [
      ...restorations,
      ...[...(initContainers ?? []), ...containers].flatMap(({ changes }) => changes),
    ],
    warnings: launchWarnings(
      live,
      [...used],
      secrets.filter((secret) => ('env' in secret ? !names.has(secret.container) : !used.has(secret))),
    ),
  };
}

/** A fault for each property that would change though ACI cannot change it in place. */
function fixedFaults(live: ContainerGroupDocument, planned: ContainerGroupDocument): Fault[] {
  return fixedProperties.flatMap((path) => {
    const before = new Map(valuesAt(live, path).map(({ value, trail }) => [nameOf(trail), value]));
    return valuesAt(planned, path)
      .filter(({ value, trail }) => !isDeepStrictEqual(value, before.get(nameOf(trail))))
      .map(({ trail }) => {
        const property = path.replace('properties.containers[].properties', `containers['${nameOf(trail)}']`);
        return { code: 'NeedsClone', target: property, message: `${property} cannot be changed in place.` };
      });
  });
}

function throwIfAny(faults: readonly Fault[], Kind: new (faults: readonly Fault[]) => Error): void {
  if (faults.length > 0) {
    throw new Kind(faults);
  }
}
