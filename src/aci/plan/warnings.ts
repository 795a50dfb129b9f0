import type { ContainerGroupDocument } from '../document.ts';
import { readMark } from '../mark.ts';
import { isRunning } from '../state.ts';
import { isSecretFile, propertyOf, type Secret } from './secrets.ts';

/** What a launch does to whatever runs in the group, where its caller should know. */
export function endingWarnings(live: ContainerGroupDocument): string[] {
  return isRunning(live) && readMark(live) === undefined
    ? ['Containers that no run started were running in the group; the launch ends them.']
    : [];
}

/**
 * What a launch can do with a group, or with a copy of it, but its caller should know.
 * @param live the group as ARM answered it.
 * @param used secrets of the job that were put back.
 * @param unused secrets of the job that the group has no place for.
 */
export function groupWarnings(
  live: ContainerGroupDocument,
  used: readonly Secret[],
  unused: readonly Secret[],
): string[] {
  const { restartPolicy, extensions } = live.properties;
  const secretVolumes = Map.groupBy(used.filter(isSecretFile), ({ volume }) => volume)
    .entries()
    .map(([volume, files]) => [volume, files.map(({ key }) => `'${key}'`)] as const)
    .toArray();
  return [
    ...((restartPolicy ?? 'Always') === 'Always'
      ? [
          "The group's restartPolicy is Always: its containers start again whenever they end, so it never ends by itself. " +
            'A job wants Never or OnFailure, which ACI lets you choose only when the group is created.',
        ]
      : []),
    ...(extensions ?? [])
      .filter(({ properties }) => properties?.protectedSettings === undefined)
      .map(
        ({ name }) =>
          `Extension '${name}' came without protectedSettings; if it was created with some, Azure does not return them and they are lost.`,
      ),
    ...secretVolumes.map(
      ([volume, files]) =>
        `Secret volume '${volume}' is written back with ${files.join(', ')} alone: Azure does not tell whether it held more.`,
    ),
    ...unused.map((secret) => `The job supplies ${propertyOf(secret)}, for which the group has no place.`),
  ];
}
