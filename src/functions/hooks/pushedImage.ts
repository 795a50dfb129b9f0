import type { HookEvent } from '../../hooks/events/hookEvent.ts';
import { imagePolicyFaults } from '../../hooks/images/imagePolicyFaults.ts';
import { imagePushOf, pushedReference } from '../../hooks/images/imagePushOf.ts';
import type { Job } from '../../jobs/job.ts';
import type { DeployedImage } from './deployedImage.ts';
import type { WantedRun } from './wantedRun.ts';

/** A pushed image in the place of its container's, by its digest, where both are of the same repository; with the faults of the job's policy. */
export async function pushedImage(
  { name, imagePolicy }: Job,
  event: HookEvent,
  deployed: () => Promise<DeployedImage>,
): Promise<WantedRun> {
  const push = imagePushOf(event);
  if (push?.tag === undefined) {
    const what = push === undefined ? 'tells of no image that was pushed' : 'is of an image without a tag';
    return { ignored: `Job '${name}' ignores this: it ${what}.` };
  }
  const { container, image } = await deployed();
  if (image?.registry !== push.registry || image.repository !== push.repository) {
    return { ignored: `Job '${name}' ignores this: the image is not its container's.` };
  }
  const reference = pushedReference(push);
  return {
    overrides: { containers: { [container]: { image: reference } } },
    faults: imagePolicy ? imagePolicyFaults(reference, imagePolicy, '') : [],
  };
}
