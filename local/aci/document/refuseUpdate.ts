import { isDeepStrictEqual } from 'node:util';
import type { ArmError } from '../armErrors.ts';
import { invalidContainerGroupUpdate } from '../containerGroupErrors.ts';
import { allContainers, type Container, type ContainerGroup } from './containerGroup.ts';

/** Refuses what only a new group can have: OS type, restart policy, subnets, and a container's resources. */
export function refuseUpdate(
  name: string,
  old: ContainerGroup,
  wanted: ContainerGroup,
): ArmError | undefined {
  const oldContainers = new Map(allContainers(old).map((container) => [container.name, container]));
  const changes = [
    ...groupMembers(old).map((value, index) => ({ ...value, wanted: groupMembers(wanted)[index]?.value })),
    ...allContainers(wanted).flatMap((container) => {
      const before = oldContainers.get(container.name);
      const members = containerMembers(container);
      return before
        ? containerMembers(before).map((value, index) => ({ ...value, wanted: members[index]?.value }))
        : [];
    }),
  ];
  const change = changes.find((one) => !isDeepStrictEqual(one.value, one.wanted));
  return change && invalidContainerGroupUpdate(name, change.member, say(change.value), say(change.wanted));
}

type Member = { member: string; value: unknown };

/** Left out means the default, on either side. */
function groupMembers({ properties }: ContainerGroup): Member[] {
  return [
    { member: 'OsType', value: properties.osType ?? 'Linux' },
    { member: 'RestartPolicy', value: properties.restartPolicy ?? 'Always' },
    { member: 'SubnetIds', value: (properties.subnetIds ?? []).map(({ id }) => id.toLowerCase()) },
  ];
}

function containerMembers({ properties: { resources } }: Container): Member[] {
  return [
    { member: 'Cpu', value: resources?.requests.cpu },
    { member: 'Memory', value: resources?.requests.memoryInGB },
    { member: 'Gpu', value: resources?.requests.gpu },
    { member: 'CpuLimit', value: resources?.limits?.cpu },
    { member: 'MemoryLimit', value: resources?.limits?.memoryInGB },
    { member: 'GpuLimit', value: resources?.limits?.gpu },
  ];
}

function say(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
