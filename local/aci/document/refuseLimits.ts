import type { ArmError } from '../armErrors.ts';
import { type ContainerGroup, totalRequest } from './containerGroup.ts';

/** How much one group may hold; the numbers are documented, the codes [U] but for the container's own limit. */
export function refuseLimits(name: string, group: ContainerGroup): ArmError | undefined {
  const { containers, initContainers = [], ipAddress, volumes = [] } = group.properties;
  if (containers.length === 0) {
    return invalid('MissingContainers', `The container group '${name}' has no containers.`);
  }
  return (
    refuseCount('TooManyContainers', 'containers', name, containers.length + initContainers.length, 60) ??
    refuseCount('TooManyPorts', 'ports', name, ipAddress?.ports.length ?? 0, 5) ??
    refuseCount('TooManyVolumes', 'volumes', name, volumes.length, 20) ??
    refuseOwnLimit('Cpu', 'cpu', group) ??
    refuseOwnLimit('Memory', 'memoryInGB', group)
  );
}

function refuseOwnLimit(
  what: string,
  amount: 'cpu' | 'memoryInGB',
  group: ContainerGroup,
): ArmError | undefined {
  const total = totalRequest(group, amount);
  for (const { name, properties } of group.properties.containers) {
    const limit = properties.resources?.limits?.[amount];
    if (limit !== undefined && limit > total) {
      return invalid(
        'ContainerLimitGreaterThanContainerGroupTotalRequest',
        `The '${what}' limit '${limit}' in container '${name}' is greater than the container group's total request '${total}'.`,
      );
    }
  }
  return undefined;
}

function refuseCount(
  code: string,
  what: string,
  name: string,
  count: number,
  most: number,
): ArmError | undefined {
  return count <= most
    ? undefined
    : invalid(code, `The container group '${name}' has ${count} ${what}; at most ${most} are allowed.`);
}

function invalid(code: string, message: string): ArmError {
  return { status: 400, code, message };
}
