import type { Fault } from '../errors.ts';
import type { Group } from './documentShape.ts';
import { allContainersOf, placedItems } from './placed.ts';

/** Containers without an image, unless a profile names it, and registries that nothing opens (`InaccessibleImage` [U]). */
export function imageFaults(group: Group): Fault[] {
  const { imageRegistryCredentials, containerGroupProfile } = group.properties ?? {};
  const bare = containerGroupProfile
    ? []
    : allContainersOf(group).filter(
        ({ item: { properties } }) => properties && (!('image' in properties) || properties.image === ''),
      );
  const closed = placedItems(imageRegistryCredentials, '/properties/imageRegistryCredentials').filter(
    ({ item }) => !(['identity', 'password', 'passwordReference'] as const).some((key) => holds(item, key)),
  );
  return [
    ...bare.map(({ pointer }) => ({
      code: 'MissingMember',
      target: `${pointer}/properties/image`,
      message: `'image' is required.`,
    })),
    ...closed.map(({ item, pointer }) => ({
      code: 'MissingMember',
      target: pointer,
      message: `The registry '${item.server ?? ''}' needs an identity, or a username and a password or passwordReference.`,
    })),
  ];
}

/** Whether the member is there, and not empty; one of another type is a fault already. */
export function holds<Item extends object>(item: Item, key: keyof Item): boolean {
  return key in item && item[key] !== '';
}
