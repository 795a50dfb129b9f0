import { regionQuotas } from '../document/refuseQuota.ts';
import { type Answer, refuse } from '../http/answer.ts';
import { largestGroup } from '../limits.ts';
import { regionUsage } from '../regionUsage.ts';
import type { Cloud } from './cloud.ts';
import type { ArmRequest } from './route.ts';
import { refuseSubscription } from './scope.ts';

/** GET of what a subscription uses of a region, and how much it may. */
export function listUsages(cloud: Cloud, request: ArmRequest): Answer {
  const { subscriptionId = '', location = '' } = request.params;
  const usage = regionUsage(cloud.store, subscriptionId, location);
  return listOf(
    cloud,
    request,
    regionQuotas(cloud.limits).map(({ member, name, words, limit }) => ({
      id: `/subscriptions/${subscriptionId}/providers/Microsoft.ContainerInstance/locations/${location}/usages/${name}`,
      unit: 'Count',
      currentValue: usage[member],
      // JSON has no infinity; the service's number is an int32.
      limit: Math.min(limit, 2 ** 31 - 1),
      name: { value: name, localizedValue: words },
    })),
  );
}

/** GET of what a region can run: the same in every region here. */
export function listCapabilities(cloud: Cloud, request: ArmRequest): Answer {
  const { location = '' } = request.params;
  const { cpu, memoryInGB } = largestGroup.regular;
  const kinds = [
    { osType: 'Linux', ipAddressType: 'Public' },
    { osType: 'Linux', ipAddressType: 'Private' },
    { osType: 'Windows', ipAddressType: 'Public' },
  ];
  return listOf(
    cloud,
    request,
    kinds.map((kind) => ({
      resourceType: 'containerGroups',
      ...kind,
      location,
      gpu: 'None',
      capabilities: { maxMemoryInGB: memoryInGB, maxCpu: cpu, maxGpuCount: 0 },
    })),
  );
}

/** GET of the images that a region has at hand; [U] which: these stand in for them. */
export function listCachedImages(cloud: Cloud, request: ArmRequest): Answer {
  return listOf(cloud, request, [
    { osType: 'Linux', image: 'mcr.microsoft.com/azurelinux/base/core:3.0' },
    { osType: 'Windows', image: 'mcr.microsoft.com/windows/servercore:ltsc2022' },
  ]);
}

function listOf(cloud: Cloud, request: ArmRequest, value: object[]): Answer {
  const error = refuseSubscription(cloud, request);
  return error ? refuse(error) : { status: 200, body: { value } };
}
