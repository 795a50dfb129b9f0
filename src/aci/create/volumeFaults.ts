import type { Fault } from '../errors.ts';
import type { Group, Volume } from './documentShape.ts';
import { isOneOf } from './groupFaults.ts';
import { holds } from './imageFaults.ts';
import { allContainersOf, type Placed, placedItems, repeated } from './placed.ts';

const mostVolumes = 20;
const kinds = ['azureFile', 'emptyDir', 'secret', 'secretReference', 'gitRepo'] as const;
const keys = ['storageAccountKey', 'storageAccountKeyReference', 'userAssignedIdentityClientId'] as const;

/** Volumes of no or several kinds, file shares that nothing opens, and mounts that cannot be. */
export function volumeFaults(group: Group): Fault[] {
  const target = '/properties/volumes';
  const volumes = placedItems(group.properties?.volumes, target);
  return [
    ...(volumes.length > mostVolumes
      ? [
          {
            code: 'TooManyVolumes',
            target,
            message: `The group has ${volumes.length} volumes; ACI allows ${mostVolumes}.`,
          },
        ]
      : []),
    ...volumes.flatMap(kindFaults),
    ...mountFaults(group, volumes),
  ];
}

/** A kind of tomorrow is a member that is not known here: ARM judges it. */
function kindFaults({ item: volume, pointer }: Placed<Volume>): Fault[] {
  const members = Object.keys(volume).filter((member) => member !== 'name');
  const known = kinds.filter((kind) => members.includes(kind));
  const { azureFile, secret } = volume;
  return [
    ...(known.length > 1 || members.length === 0
      ? [
          {
            code: 'InvalidVolume',
            target: pointer,
            message: `The volume '${volume.name ?? ''}' must be exactly one of ${kinds.join(', ')}.`,
          },
        ]
      : []),
    ...(secret && Object.keys(secret).length === 0
      ? [
          {
            code: 'InvalidVolume',
            target: `${pointer}/secret`,
            message: `The secret volume '${volume.name ?? ''}' has no files; Azure never returns them, so what was read from it lacks them.`,
          },
        ]
      : []),
    ...(azureFile && !keys.some((key) => holds(azureFile, key))
      ? [
          {
            code: 'InvalidStorageAccountKey',
            target: `${pointer}/azureFile/storageAccountKey`,
            message: `The file share of volume '${volume.name ?? ''}' needs one of ${keys.join(', ')}.`,
          },
        ]
      : []),
  ];
}

/**
 * A path must hold no colon (ACI's REST specification; `InvalidVolumeMountPath`, "It can't contain ':'", and `VolumesNotFound`
 * are of virtual-kubelet/virtual-kubelet issue 367); that it is absolute, and not another mount's, is what a mount needs.
 */
function mountFaults(group: Group, volumes: readonly Placed<Volume>[]): Fault[] {
  const names = new Set(volumes.map(({ item }) => item.name));
  const isLinux = !isOneOf(['Windows'], group.properties?.osType ?? '');
  const { volumes: read } = group.properties ?? {};
  const areKnown =
    group.properties !== undefined &&
    (read ? !names.has(undefined) && !read.includes(undefined) : !('volumes' in group.properties)) &&
    !group.properties.containerGroupProfile;
  return allContainersOf(group).flatMap(({ item, pointer }) => {
    const mounts = placedItems(item.properties?.volumeMounts, `${pointer}/properties/volumeMounts`);
    const paths = mounts.filter(({ item: { mountPath } }) => mountPath !== undefined);
    return [
      ...mounts
        .filter(({ item: { name } }) => areKnown && name !== undefined && !names.has(name))
        .map(({ item: { name }, pointer: at }) => ({
          code: 'VolumesNotFound',
          target: `${at}/name`,
          message: `The group has no volume '${name}'.`,
        })),
      ...paths
        .filter(
          ({ item: { mountPath = '' } }) =>
            mountPath.includes(':') || mountPath === '' || (isLinux && !mountPath.startsWith('/')),
        )
        .map(({ item: { mountPath }, pointer: at }) => ({
          code: 'InvalidVolumeMountPath',
          target: `${at}/mountPath`,
          message: `The mount path '${mountPath}' must be absolute and hold no colon.`,
        })),
      ...repeated(paths, ({ mountPath = '' }) => withoutTrailingSlashes(mountPath)).map(
        ({ item: { mountPath }, pointer: at }) => ({
          code: 'DuplicateMountPath',
          target: `${at}/mountPath`,
          message: `Two volumes are mounted at '${mountPath}'.`,
        }),
      ),
    ];
  });
}

/** By hand: a regular expression would look for the end from each of the slashes. */
function withoutTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') {
    end -= 1;
  }
  return path.slice(0, end);
}
