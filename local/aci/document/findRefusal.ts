import type { ArmError } from '../armErrors.ts';
import type { ContainerGroup } from './containerGroup.ts';
import { refuseEnvironment } from './refuseEnvironment.ts';
import { refuseImages } from './refuseImages.ts';
import { refuseLimits } from './refuseLimits.ts';
import { refuseNames } from './refuseNames.ts';
import { refuseResources } from './refuseResources.ts';
import { refuseVolumes } from './refuseVolumes.ts';

const rules = [refuseNames, refuseLimits, refuseResources, refuseEnvironment, refuseVolumes, refuseImages];

/** What the service finds wrong with a well-formed container group, whether it is new or an update. */
export function findRefusal(name: string, group: ContainerGroup): ArmError | undefined {
  for (const refuse of rules) {
    const error = refuse(name, group);
    if (error) {
      return error;
    }
  }
  return undefined;
}
