import type { ContainerGroupId } from './containerGroupId.ts';
import type { ContainerGroups } from './containerGroups.ts';
import type { ContainerGroupDocument } from './document.ts';
import { ArmError } from './errors.ts';

/** The group; undefined when there is none of this name. A missing resource group or subscription is an error still. */
export async function getIfThere(
  containerGroups: Pick<ContainerGroups, 'get'>,
  id: ContainerGroupId,
): Promise<ContainerGroupDocument | undefined> {
  try {
    return await containerGroups.get(id);
  } catch (error) {
    if (error instanceof ArmError && error.code === 'ResourceNotFound') {
      return undefined;
    }
    throw error;
  }
}
