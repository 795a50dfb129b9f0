import type { Fault } from './errors.ts';

/** The three names that tell one container group from every other. ARM compares them ignoring case. */
export type ContainerGroupId = { subscriptionId: string; resourceGroup: string; name: string };

/**
 * ARM's name rules: the subscription is a GUID; a resource group has 1–90 letters, digits and `_-.()`, and no dot at its
 * end; a container group has 1–63 of a-z, 0-9 and inner hyphens (facts/aci.md, Limits). Case is let pass in a path,
 * as ARM does.
 */
export const nameRules: Record<keyof ContainerGroupId, { pattern: RegExp; says: string }> = {
  subscriptionId: {
    pattern: /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
    says: 'a GUID such as 00000000-0000-0000-0000-000000000000',
  },
  resourceGroup: {
    pattern: /^[\p{L}\p{Nd}_().-]{0,89}[\p{L}\p{Nd}_()-]$/u,
    says: '1–90 letters, digits, underscores, hyphens, parentheses and dots, with no dot at the end',
  },
  name: {
    pattern: /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
    says: '1–63 letters, digits and inner hyphens',
  },
};

/** Every name of the id that breaks ARM's rules; `targets` says what the caller calls each. */
export function containerGroupIdFaults(
  id: ContainerGroupId,
  targets: Record<keyof ContainerGroupId, string> = {
    subscriptionId: 'subscriptionId',
    resourceGroup: 'resourceGroup',
    name: 'name',
  },
): Fault[] {
  return (Object.keys(nameRules) as (keyof ContainerGroupId)[])
    .filter((part) => !nameRules[part].pattern.test(id[part]))
    .map((part) => ({
      code: 'InvalidName',
      target: targets[part],
      message: `${targets[part]} '${id[part]}' must be ${nameRules[part].says}.`,
    }));
}

/** Reads an ARM resource id of a container group; undefined when the text is not one. */
export function parseContainerGroupId(resourceId: string): ContainerGroupId | undefined {
  const [, subscriptionId, resourceGroup, name] =
    /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ContainerInstance\/containerGroups\/([^/]+)\/?$/i.exec(
      resourceId,
    ) ?? [];
  if (subscriptionId === undefined || resourceGroup === undefined || name === undefined) {
    return undefined;
  }
  const id = { subscriptionId, resourceGroup, name };
  return containerGroupIdFaults(id).length === 0 ? id : undefined;
}

/** The group's ARM resource id. */
export function resourceIdOf({ subscriptionId, resourceGroup, name }: ContainerGroupId): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
}
