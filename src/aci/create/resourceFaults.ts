import type { Fault } from '../errors.ts';
import type { Container, Group } from './documentShape.ts';
import { isOneOf } from './groupFaults.ts';
import { containersOf, type Placed } from './placed.ts';

const amounts = {
  cpu: { words: 'cores', most: 31, mostOfSpot: 4 },
  memoryInGB: { words: 'GB of memory', most: 240, mostOfSpot: 16 },
} as const;

type Amount = keyof typeof amounts;

/**
 * CPU, memory and GPU that ACI does not give: at most 31 cores and 240 GB a group, 4 and 16 for Spot (facts/aci.md, Limits).
 *
 * Steps of 0.1: ACI says so of memory, "The memory requirement should be in increments of 0.1 GB" (CompositionalIT/farmer
 * pull request 1004), the Azure CLI of both ("accurate to one decimal place"). The floor of 0.1 is the portal's [U].
 */
export function resourceFaults(group: Group): Fault[] {
  const containers = containersOf(group);
  const isFromProfile = group.properties?.containerGroupProfile !== undefined;
  return [
    ...containers
      .filter(({ item: { properties } }) => properties && !('resources' in properties) && !isFromProfile)
      .map(({ item, pointer }) => ({
        code: 'ResourceRequestsNotSpecified',
        target: `${pointer}/properties/resources`,
        message: `The container '${item.name ?? ''}' requests no CPU and no memory.`,
      })),
    ...containers.flatMap((container) => [
      ...amountFaults(container, 'cpu'),
      ...amountFaults(container, 'memoryInGB'),
      ...gpuFaults(container),
    ]),
    ...totalFaults(group, containers, 'cpu'),
    ...totalFaults(group, containers, 'memoryInGB'),
  ];
}

function amountFaults({ item, pointer }: Placed<Container>, amount: Amount): Fault[] {
  const { requests, limits } = item.properties?.resources ?? {};
  const request = requests?.[amount];
  const limit = limits?.[amount];
  const isBelow = request !== undefined && limit !== undefined && limit < request;
  return [
    ...[{ kind: 'requests', value: request } as const, { kind: 'limits', value: limit } as const]
      .filter(({ value }) => value !== undefined && !isStep(value))
      .map(({ kind, value }) => ({
        code: 'InvalidResources',
        target: `${pointer}/properties/resources/${kind}/${amount}`,
        message: `${value} ${amounts[amount].words} cannot be: at least 0.1, in steps of 0.1.`,
      })),
    ...(isBelow
      ? [
          {
            code: 'InvalidResources',
            target: `${pointer}/properties/resources/limits/${amount}`,
            message: `The limit of ${limit} ${amounts[amount].words} is under the ${request} that the container requests.`,
          },
        ]
      : []),
  ];
}

function gpuFaults({ item, pointer }: Placed<Container>): Fault[] {
  const { resources } = item.properties ?? {};
  return (['requests', 'limits'] as const)
    .filter((kind) => (resources?.[kind]?.gpu?.count ?? 1) < 1)
    .map((kind) => ({
      code: 'InvalidResources',
      target: `${pointer}/properties/resources/${kind}/gpu/count`,
      message: 'A container that has GPUs has at least one.',
    }));
}

/** What all containers request together; a limit may use what the others leave, and no more than that. */
function totalFaults(group: Group, containers: readonly Placed<Container>[], amount: Amount): Fault[] {
  const { words, most: mostOfRegular, mostOfSpot } = amounts[amount];
  const isSpot = isOneOf(['Spot'], group.properties?.priority ?? '');
  const most = isSpot ? mostOfSpot : mostOfRegular;
  const requested = containers.map(({ item }) => item.properties?.resources?.requests?.[amount]);
  const total = rounded(requested.reduce<number>((sum, one) => sum + (one ?? 0), 0));
  const [first] = containers;
  const faults: Fault[] = [];
  if (first && total > most) {
    faults.push({
      code: 'InvalidResources',
      target:
        containers.length === 1
          ? `${first.pointer}/properties/resources/requests/${amount}`
          : '/properties/containers',
      message: `The group requests ${total} ${words}; ACI gives ${isSpot ? 'a Spot group' : 'a group'} at most ${most}.`,
    });
  }
  if (requested.every((one) => one !== undefined)) {
    for (const { item, pointer } of containers) {
      const limit = item.properties?.resources?.limits?.[amount];
      if (limit !== undefined && limit > total) {
        faults.push({
          code: 'ContainerLimitGreaterThanContainerGroupTotalRequest',
          target: `${pointer}/properties/resources/limits/${amount}`,
          message: `The limit of ${limit} ${words} is over the ${total} that the whole group requests.`,
        });
      }
    }
  }
  return faults;
}

function isStep(value: number): boolean {
  const steps = rounded(value * 10);
  return steps >= 1 && Number.isInteger(steps);
}

/** Without what binary fractions add: 0.1 + 0.2 is 0.3. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
