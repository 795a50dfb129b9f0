import { NotFound } from '../../aci/errors.ts';
import { type ImageReference, parseImageReference } from '../../hooks/images/imageReference.ts';
import type { Job } from '../../jobs/job.ts';
import type { Requests } from '../../runs/request/submitRun.ts';
import { withoutOverrides } from '../../runs/step/planTask.ts';

/** The image of a container; undefined where its reference is none that can be read. */
export type DeployedImage = { container: string; image: ImageReference | undefined };

/**
 * The image that a job's container has by its group, whatever its last run had instead.
 * @throws NotFound when it is not clear which container that is; ArmError, StorageError.
 */
export async function deployedImage(
  { containerGroups, store }: Pick<Requests, 'containerGroups' | 'store'>,
  { name, containerGroup, container: named }: Job,
): Promise<DeployedImage> {
  const live = await containerGroups.get(containerGroup);
  const head = await store.head(containerGroup); // not before: what the group's last launch replaced is in it for sure by now
  const { containers } = withoutOverrides(live, head.value.launches ?? []).properties;
  const [container, ...others] = containers.filter((each) => each.name === (named ?? each.name));
  if (container === undefined || others.length > 0) {
    throw new NotFound(
      'ContainerNotFound',
      `Job '${name}' must name the container whose image a push is for; the group has ${containers.map((each) => `'${each.name}'`).join(', ')}.`,
    );
  }
  return { container: container.name, image: parseImageReference(container.properties.image ?? '') };
}
