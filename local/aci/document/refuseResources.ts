import type { ArmError } from '../armErrors.ts';
import { serviceUnavailable } from '../containerGroupErrors.ts';
import { largestGroup } from '../limits.ts';
import { regionOf } from '../region.ts';
import { type Container, type ContainerGroup, isSpot, totalRequest } from './containerGroup.ts';

/** Refuses a group that asks for more than any machine has, for nothing, or for less than it asks for at least. */
export function refuseResources(name: string, group: ContainerGroup): ArmError | undefined {
  for (const container of group.properties.containers) {
    const error = refuseRequests(name, container);
    if (error) {
      return error;
    }
  }
  const most = isSpot(group) ? largestGroup.spot : largestGroup.regular;
  const cpu = totalRequest(group, 'cpu');
  const memoryInGB = totalRequest(group, 'memoryInGB');
  return cpu > most.cpu || memoryInGB > most.memoryInGB
    ? serviceUnavailable(regionOf(group.location ?? ''), sayResources(group, cpu, memoryInGB))
    : undefined;
}

const words = { cpu: 'Cpu', memoryInGB: 'Memory' };

function refuseRequests(group: string, { name, properties }: Container): ArmError | undefined {
  const { requests, limits } = properties.resources ?? {};
  for (const amount of ['cpu', 'memoryInGB'] as const) {
    const requested = requests?.[amount];
    const limit = limits?.[amount];
    if (requested !== undefined && requested <= 0) {
      // [U] the code; the least amount is not documented.
      return {
        status: 400,
        code: 'InvalidResourceRequests',
        message: `The '${words[amount]}' request '${requested}' in container '${name}' of container group '${group}' is invalid: it must be greater than 0.`,
      };
    }
    if (requested !== undefined && limit !== undefined && limit < requested) {
      // Recorded in whole, "contain group" too: virtual-kubelet#143.
      return {
        status: 400,
        code: 'ResourceLimitsLessThanRequests',
        message: `The resource requirement '${JSON.stringify(properties.resources)}' in container '${name}' of contain group '${group}' is invalid. The '${words[amount]}' limit value must be greater than or equal to the request value.`,
      };
    }
  }
  return undefined;
}

function sayResources({ properties }: ContainerGroup, cpu: number, memoryInGB: number): string {
  const network = properties.subnetIds?.length ? ' virtual network' : '';
  return `'${cpu}' CPU '${memoryInGB}' GB memory '${properties.osType ?? 'Linux'}' OS${network}`;
}
