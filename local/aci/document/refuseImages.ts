import type { ArmError } from '../armErrors.ts';
import { isInaccessible } from '../life/scriptedImage.ts';
import { allContainers, type ContainerGroup } from './containerGroup.ts';

/** Refuses an image that the registry would not hand out: by script, or for want of a password. */
export function refuseImages(name: string, group: ContainerGroup): ArmError | undefined {
  const images = allContainers(group).flatMap(({ properties }) => properties.image ?? []);
  const scripted = images.find(isInaccessible);
  if (scripted !== undefined) {
    return inaccessibleImage(scripted, name);
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

function inaccessibleImage(image: string, name: string): ArmError {
  return {
    status: 400,
    code: 'InaccessibleImage',
    message: `The image '${image}' in container group '${name}' is not accessible. Please check the image and registry credential.`,
  };
}
