import type { Fault } from '../../aci/errors.ts';
import { parseImageReference } from './imageReference.ts';

/** What images a job's containers may run. */
export type ImagePolicy = { registries?: readonly string[]; requireDigest?: boolean };

/**
 * Everything for which a job's policy refuses an image; none when it does not.
 * @param target where the image was given.
 */
export function imagePolicyFaults(
  image: string,
  { registries, requireDigest = false }: ImagePolicy,
  target: string,
): Fault[] {
  const reference = parseImageReference(image);
  if (reference === undefined) {
    return [refusal(target, `'${image.slice(0, 200)}' is not the reference of an image.`)];
  }
  const isAllowed = registries?.some((registry) => registry.toLowerCase() === reference.registry) ?? true;
  return [
    ...(isAllowed
      ? []
      : [refusal(target, `The registry '${reference.registry}' is not one of ${registries?.join(', ')}.`)]),
    ...(requireDigest && reference.digest === undefined
      ? [refusal(target, `'${image}' names no digest, as in name@sha256:…, so what it means can change.`)]
      : []),
  ];
}

function refusal(target: string, message: string): Fault {
  return { code: 'ImageNotAllowed', target, message };
}
