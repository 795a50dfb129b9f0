import type { Fault } from '../aci/errors.ts';
import { toPointer } from '../aci/jsonPointer.ts';
import type { LaunchOverrides } from '../aci/plan/overrides.ts';
import { type ImagePolicy, imagePolicyFaults } from '../hooks/images/imagePolicyFaults.ts';
import { parseImageReference } from '../hooks/images/imageReference.ts';
import type { Job } from './job.ts';
import { jobFault } from './jobFault.ts';

/** A fault for each registry of a job's policy that no image can be of. */
export function registryFaults({ registries = [] }: ImagePolicy): Fault[] {
  return registries.flatMap((registry, index) =>
    parseImageReference(`${registry}/any/image`)?.registry === registry.toLowerCase()
      ? []
      : [
          jobFault(
            toPointer('imagePolicy', 'registries', index),
            `'${registry}' is not the host of a registry, such as example.azurecr.io or docker.io.`,
          ),
        ],
  );
}

/** The faults of every image that is asked for, against what the job's containers may run. */
export function imageFaults({ imagePolicy }: Job, { containers }: LaunchOverrides): Fault[] {
  return Object.entries(containers ?? {}).flatMap(([name, { image }]) =>
    imagePolicy && image !== undefined
      ? imagePolicyFaults(image, imagePolicy, toPointer('containers', name, 'image'))
      : [],
  );
}
