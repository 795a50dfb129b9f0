import type { Fault } from '../errors.ts';
import type { Group } from './documentShape.ts';
import { allContainersOf, type Placed, placedItems, repeated } from './placed.ts';

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Whether ACI takes the name: `least` to 63 of a-z, 0-9 and inner hyphens. Groups and containers from 1, volumes and DNS
 * labels from 5 (learn.microsoft.com, "Troubleshoot common issues in Azure Container Instances", Naming conventions). That it
 * refuses upper case in a DNS label is unverified [U]: the same table calls those case insensitive.
 */
export function isLabel(name: string, least: 1 | 5): boolean {
  return name.length >= least && name.length <= 63 && label.test(name);
}

/** What a name must be, in words that follow it. */
export function labelRule(least: 1 | 5): string {
  return `must be ${least}–63 lower-case letters, digits and inner hyphens`;
}

/** Names that ACI refuses, of containers, init containers and volumes, and those given twice. */
export function nameFaults(group: Group): Fault[] {
  const volumes = placedItems(group.properties?.volumes, '/properties/volumes');
  return [...faultsOf('container', 1, allContainersOf(group)), ...faultsOf('volume', 5, volumes)];
}

function faultsOf(
  what: string,
  least: 1 | 5,
  places: readonly Placed<{ name?: string | undefined }>[],
): Fault[] {
  const names = places.flatMap(({ item: { name }, pointer }) =>
    name === undefined ? [] : [{ item: name, pointer: `${pointer}/name` }],
  );
  const invalid = names.filter(
    // The rule on hyphens is in the same table, for volumes alone.
    ({ item }) => !isLabel(item, least) || (what === 'volume' && item.includes('--')),
  );
  return [
    ...invalid.map(({ item, pointer }) => ({
      code: 'InvalidName',
      target: pointer,
      message: `The ${what} name '${item}' ${labelRule(least)}${what === 'volume' ? ', never two in a row' : ''}.`,
    })),
    ...repeated(names, (name) => name).map(({ item, pointer }) => ({
      code: 'DuplicateName',
      target: pointer,
      message: `The ${what} name '${item}' is given twice.`,
    })),
  ];
}
