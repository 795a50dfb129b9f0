import type { HookEvent } from '../events/hookEvent.ts';
import { textAt } from '../textAt.ts';
import { type ImageReference, isSound } from './imageReference.ts';

/** An image that was pushed. Without a tag it may be one platform's of an image that follows. */
export type ImagePush = ImageReference & { digest: string };

/** What an image's manifest can be; Helm charts and the like are none. Signatures kept as OCI images look the same. */
const manifests = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];

/**
 * The image whose push an event tells of: the webhook of Azure Container Registry, or its Event Grid event in either schema
 * (learn.microsoft.com/azure/event-grid/event-schema-container-registry), whose data is the same. Undefined for all others.
 */
export function imagePushOf({ attributes: { CE_TYPE: type }, body }: HookEvent): ImagePush | undefined {
  if (type !== undefined && type !== 'Microsoft.ContainerRegistry.ImagePushed') {
    return undefined;
  }
  const at = (pointer: string) => textAt(body, type === undefined ? pointer : `/data${pointer}`);
  const digest = at('/target/digest');
  const tag = at('/target/tag');
  if (
    at('/action') !== 'push' ||
    !manifests.includes(at('/target/mediaType') ?? '') ||
    digest === undefined
  ) {
    return undefined;
  }
  const image = {
    registry: at('/request/host')?.toLowerCase() ?? '',
    repository: at('/target/repository') ?? '',
    ...(tag !== undefined && { tag }),
    digest,
  };
  return isSound(image) ? image : undefined;
}

/** The reference that names this very image. */
export function pushedReference({ registry, repository, digest }: ImagePush): string {
  return `${registry}/${repository}@${digest}`;
}
