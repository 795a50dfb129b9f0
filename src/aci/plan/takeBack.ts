import type { ContainerDocument, ContainerGroupDocument } from '../document.ts';
import { foldCase } from '../foldCase.ts';
import {
  type AppliedContainer,
  type AppliedOverrides,
  type AppliedTag,
  replaceableMembers,
} from './appliedOverrides.ts';
import { type NameKey, nameKeyOf } from './environmentVariables.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Tags, tagsByKey, tagsOf } from './tags.ts';
import { takeBackVariables } from './takeBackVariables.ts';

/**
 * The group without the overrides of the run that it carries: what each replaced is put back where the group still holds what
 * the launch put there. What somebody changed since stays, and so do the run's mark, which the next launch replaces, and
 * everything else. A variable that was secure comes back as its bare name, so that the next launch asks for its value.
 * Pure; mutates nothing.
 *
 * Whether somebody gave a secure variable another value ARM does not show: one that is still secure counts as the launch's.
 * @param live the group as GET answered it.
 * @param applied what the launch of that run replaced; containers that the group no longer has are passed over.
 */
export function takeBack(live: ContainerGroupDocument, applied: AppliedOverrides): ContainerGroupDocument {
  const keyOf = nameKeyOf(live.properties.osType);
  const rewrite = (container: ContainerDocument) => {
    const its = applied.containers.find(({ name }) => name === container.name);
    return its ? takeBackFrom(container, its, keyOf) : container;
  };
  const { containers, initContainers } = live.properties;
  return {
    ...live,
    ...(applied.tags.length > 0 && { tags: takeBackTags(live.tags, applied.tags) }),
    properties: {
      ...live.properties,
      ...(initContainers && { initContainers: initContainers.map(rewrite) }),
      containers: containers.map(rewrite),
    },
  };
}

function takeBackFrom(
  container: ContainerDocument,
  applied: AppliedContainer,
  keyOf: NameKey,
): ContainerDocument {
  const properties = { ...container.properties };
  for (const member of replaceableMembers) {
    const its = applied[member];
    if (its === undefined || fingerprintOf(properties[member]) !== its.applied) {
      continue;
    }
    if ('before' in its) {
      Object.assign(properties, { [member]: its.before });
    } else {
      delete properties[member];
    }
  }
  if (applied.environmentVariables.length > 0) {
    properties.environmentVariables = takeBackVariables(
      properties.environmentVariables ?? [],
      applied.environmentVariables,
      keyOf,
    );
  }
  return { ...container, properties };
}

function takeBackTags(live: Tags | null | undefined, applied: readonly AppliedTag[]): Tags {
  const tags = tagsByKey(live);
  for (const { name, before, applied: put } of applied) {
    const tag = tags.get(foldCase(name));
    if (tag === undefined || fingerprintOf(tag.value) !== put) {
      continue;
    }
    if (before === undefined) {
      tags.delete(foldCase(name));
    } else {
      tags.set(foldCase(name), { name: tag.name, value: before });
    }
  }
  return tagsOf(tags);
}
