import type { ArmError } from '../armErrors.ts';
import { allContainers, type ContainerGroup } from './containerGroup.ts';

/** Refuses an Azure file share that nothing opens, and a mount of a volume that the group does not declare. */
export function refuseVolumes(name: string, group: ContainerGroup): ArmError | undefined {
  const volumes = group.properties.volumes ?? [];
  for (const { name: volume, azureFile } of volumes) {
    if (
      azureFile &&
      azureFile.storageAccountKey === undefined &&
      azureFile.storageAccountKeyReference === undefined &&
      azureFile.userAssignedIdentityClientId === undefined
    ) {
      return {
        status: 400,
        code: 'InvalidStorageAccountKey',
        message: `The storage account key of volume '${volume}' in container group '${name}' is invalid or missing.`,
      };
    }
  }
  for (const container of allContainers(group)) {
    for (const mount of container.properties.volumeMounts ?? []) {
      if (!volumes.some((volume) => volume.name === mount.name)) {
        // [U] the code.
        return {
          status: 400,
          code: 'InvalidVolumeMount',
          message: `The volume '${mount.name}' that container '${container.name}' mounts is not declared in container group '${name}'.`,
        };
      }
    }
  }
  return undefined;
}
