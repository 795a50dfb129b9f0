/** Which image, of which registry: as much as a reference says. */
export type ImageReference = { registry: string; repository: string; tag?: string; digest?: string };

const mostCharacters = 1_024;
const host = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?$/;
const repository = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;
const tag = /^\w[\w.-]{0,127}$/;
const digest = /^sha256:[0-9a-f]{64}$/;

/**
 * Reads an image reference, by the grammar of github.com/distribution/reference; one without a registry is of Docker Hub, where
 * `alpine` is `library/alpine`.
 * @returns undefined when the text is none.
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > mostCharacters) {
    return undefined;
  }
  const [named = '', ...digests] = text.split('@');
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  const hasRegistry = /[.:]/.test(first) || first === 'localhost';
  const path = hasRegistry ? named.slice(slash + 1) : named;
  const [name = '', ...tags] = path.split(':');
  const registry = hasRegistry ? first.toLowerCase() : 'docker.io';
  const isHub = ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(registry);
  const reference: ImageReference = {
    registry: isHub ? 'docker.io' : registry,
    repository: isHub && !name.includes('/') ? `library/${name}` : name,
    ...(tags[0] !== undefined && { tag: tags[0] }),
    ...(digests[0] !== undefined && { digest: digests[0] }),
  };
  return tags.length < 2 && digests.length < 2 && isSound(reference) ? reference : undefined;
}

/** Whether each part is what such a part can be. */
export function isSound(reference: ImageReference): boolean {
  return (
    reference.registry.length <= 255 &&
    host.test(reference.registry) &&
    reference.repository.length <= 255 &&
    repository.test(reference.repository) &&
    (reference.tag === undefined || tag.test(reference.tag)) &&
    (reference.digest === undefined || digest.test(reference.digest))
  );
}
