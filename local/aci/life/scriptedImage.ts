/** The emulator has no registry: parts of an image's name say what a registry would have done. */
const markers = {
  inaccessible: 'inaccessible',
  registryFails: 'registry-error',
  failsToPull: 'fail-pull',
};

/** Whether a PUT with this image is refused, as with an image that does not exist or may not be read. */
export function isInaccessible(image: string): boolean {
  return image.includes(markers.inaccessible);
}

/** Whether a PUT with this image is refused because its registry answers with an error. */
export function registryFails(image: string): boolean {
  return image.includes(markers.registryFails);
}

/** Whether this image passes the PUT and then cannot be pulled. */
export function failsToPull(image: string): boolean {
  return image.includes(markers.failsToPull);
}
