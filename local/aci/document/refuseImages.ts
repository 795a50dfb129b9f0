import type { ArmError } from '../armErrors.ts';
import { inaccessibleImage, registryErrorResponse } from '../containerGroupErrors.ts';
import { isInaccessible, registryFails } from '../life/scriptedImage.ts';
import { allContainers, type ContainerGroup } from './containerGroup.ts';

/** Refuses an image that the registry would not hand out: by script, or for want of a password. */
export function refuseImages(name: string, group: ContainerGroup): ArmError | undefined {
  const images = allContainers(group).flatMap(({ properties }) => properties.image ?? []);
  for (const image of images) {
    if (isInaccessible(image)) {
      return inaccessibleImage(image, name);
    }
    if (registryFails(image)) {
      return registryErrorResponse(registryOf(image));
    }
  }
  for (const credential of group.properties.imageRegistryCredentials ?? []) {
    if ((credential.password ?? credential.passwordReference ?? credential.identity) === undefined) {
      // [U] that a missing password is refused with this code.
      return inaccessibleImage(
        images.find((image) => image.startsWith(`${credential.server}/`)) ?? images[0] ?? '',
        name,
      );
    }
  }
  return undefined;
}

/** The first part of an image's name is its registry when it looks like a host; else it is Docker Hub's. */
function registryOf(image: string): string {
  const [first = ''] = image.split('/');
  return image.includes('/') && /[.:]/.test(first) ? first : 'index.docker.io';
}
