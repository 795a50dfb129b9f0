import type { Fault } from '../errors.ts';
import { foldCase } from '../foldCase.ts';
import { toPointer } from '../jsonPointer.ts';
import type { Change } from './change.ts';

export type Tags = Record<string, string>;

/** ARM's limits (learn.microsoft.com, "Use tags to organize your Azure resources", Limitations). */
const mostTags = 50;
const tagName = /^[^<>%&\\?/]{1,512}$/s;
const longestValue = 256;

/**
 * What is wrong with tags that are asked for.
 * @param target where they are, as a JSON Pointer.
 * @param live the tags that the group has already, and that count, too.
 */
export function tagFaults(tags: Tags, target: string, live?: Tags | null): Fault[] {
  const names = Object.keys(tags);
  const count = tagsByKey({ ...live, ...tags }).size;
  return [
    ...Object.entries(tags).flatMap(([name, value]): Fault[] => [
      ...(tagName.test(name) && name !== '__proto__'
        ? []
        : [
            {
              code: 'InvalidTagName',
              target: target + toPointer(name),
              message: `The tag name '${name}' must be 1–512 characters, and none of < > % & \\ ? /.`,
            },
          ]),
      ...(value.length <= longestValue
        ? []
        : [
            {
              code: 'InvalidTagValue',
              target: target + toPointer(name),
              message: `The value of tag '${name}' has ${value.length} characters; Azure allows ${longestValue}.`,
            },
          ]),
    ]),
    ...names
      .filter((name, index) => names.findIndex((other) => foldCase(other) === foldCase(name)) < index)
      .map((name) => ({
        code: 'DuplicateTag',
        target: target + toPointer(name),
        message: `The tag '${name}' is given twice: Azure does not tell upper from lower case.`,
      })),
    ...(names.length === 0 || count <= mostTags
      ? []
      : [
          {
            code: 'TooManyTags',
            target,
            message: `The group would have ${count} tags; Azure allows ${mostTags}.`,
          },
        ]),
  ];
}

/** A group's tags with those asked for over them. A tag keeps the name that it has: Azure tells names apart ignoring case. */
export function mergeTags(live: Tags | null | undefined, asked: Tags): { tags: Tags; changes: Change[] } {
  const tags = tagsByKey(live);
  const changes: Change[] = [];
  for (const [asking, value] of Object.entries(asked)) {
    const before = tags.get(foldCase(asking));
    const name = before?.name ?? asking;
    tags.set(foldCase(asking), { name, value });
    if (before?.value !== value) {
      changes.push({
        property: `tags['${name}']`,
        action: 'set',
        ...(before && { before: before.value }),
        after: value,
      });
    }
  }
  return { tags: tagsOf(tags), changes };
}

/** Tags by the form of their name in which ARM takes two for the same. */
export function tagsByKey(tags: Tags | null | undefined): Map<string, { name: string; value: string }> {
  return new Map(Object.entries(tags ?? {}).map(([name, value]) => [foldCase(name), { name, value }]));
}

/** The tags as a group's document holds them. */
export function tagsOf(byKey: ReadonlyMap<string, { name: string; value: string }>): Tags {
  return Object.fromEntries([...byKey.values()].map(({ name, value }) => [name, value]));
}
