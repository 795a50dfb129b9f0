import { isDeepStrictEqual } from 'node:util';
import type { ContainerGroupDocument } from '../document.ts';
import { type Fault, NeedsClone, SecretsRequired } from '../errors.ts';
import { type Mark, markVariables } from '../mark.ts';
import { fixedProperties } from '../properties.ts';
import { nameOf, valuesAt } from '../propertyPaths.ts';
import type { AppliedOverrides } from './appliedOverrides.ts';
import type { Change } from './change.ts';
import { type GroupRequest, rewriteGroup } from './rewriteGroup.ts';
import type { Secret } from './secrets.ts';
import { throwIfAny } from './throwIfAny.ts';
import { endingWarnings } from './warnings.ts';
import { withoutReadOnly } from './withoutReadOnly.ts';

/** What a launch is about, the group itself apart. */
export type LaunchRequest = GroupRequest & { mark: Mark };

export type LaunchPlan = {
  /** What to PUT. It holds secrets in clear. */
  document: ContainerGroupDocument;
  /** What differs from the live group, the mark apart; fit to be shown. */
  changes: Change[];
  warnings: string[];
  /** What the request replaced, for `takeBack` before the next launch. */
  applied: AppliedOverrides;
};

/**
 * Plans a launch: the live group with the request's overrides, the run's mark and the secrets that ARM never returns,
 * and without what ARM refuses to take back. Every other member stays deep-equal to what ARM gave. Pure; mutates nothing.
 * @param live the group as GET answered it, once `takeBack` has freed it of the overrides of the run before.
 * @throws InvalidRequest when the overrides do not fit the group; NeedsClone when ACI cannot make the change in place;
 *   SecretsRequired, with a fault for each, when a value that ARM never returns is in nobody's hands.
 */
export function planLaunch(
  live: ContainerGroupDocument,
  request: LaunchRequest,
  secrets: readonly Secret[],
): LaunchPlan {
  const { document, changes, applied, missing, warnings } = rewriteGroup(
    live,
    request,
    markVariables(request.mark),
    secrets,
  );
  throwIfAny(fixedFaults(live, document), NeedsClone);
  throwIfAny(missing, SecretsRequired);
  return {
    document: withoutReadOnly(document),
    changes,
    warnings: [...endingWarnings(live), ...warnings],
    applied,
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
