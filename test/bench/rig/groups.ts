/** A container group of a bench, as the paths of ARM and of the app name it. */
export type GroupName = { subscriptionId: string; resourceGroup: string; name: string };

/** How many of each there are: groups are dealt out to the resource groups, and these to the subscriptions. */
export type Estate = { subscriptions: number; resourceGroups: number; groups: number };

/** Every group of an estate. */
export function groupsOf({ subscriptions, resourceGroups, groups }: Estate): GroupName[] {
  return Array.from({ length: groups }, (_, index) => ({
    subscriptionId: `${String(index % subscriptions).padStart(8, '0')}-0000-0000-0000-000000000000`,
    resourceGroup: `rg-${Math.floor(index / subscriptions) % resourceGroups}`,
    name: `g-${index}`,
  }));
}

export function resourceId({ subscriptionId, resourceGroup, name }: GroupName): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
}

/** The path, below an origin, that a group is launched at: of the app, and of all that it is measured against. */
export function launchPath({ subscriptionId, resourceGroup, name }: GroupName): string {
  return `/api/azure/containers/${subscriptionId}/${resourceGroup}/${name}/runs`;
}

/** Both ways to read `launchPath`. @returns nothing when it is another path. */
export function groupOfPath(path: string): GroupName | undefined {
  const [, subscriptionId, resourceGroup, name] =
    /^\/api\/azure\/containers\/([^/]+)\/([^/]+)\/([^/]+)\/runs$/.exec(path) ?? [];
  return subscriptionId === undefined || resourceGroup === undefined || name === undefined
    ? undefined
    : { subscriptionId, resourceGroup, name };
}

/** Its container runs nothing, and ends: an emulator on the machine that is measured must not spend it on containers. */
export const groupDocument = {
  location: 'westeurope',
  tags: { owner: 'bench' },
  properties: {
    osType: 'Linux',
    restartPolicy: 'Never',
    containers: [
      {
        name: 'main',
        properties: {
          image: 'example.azurecr.io/report:1.0',
          environmentVariables: [
            { name: 'GREETING', value: 'hello' },
            { name: 'MODE', value: 'full' },
          ],
          resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
        },
      },
    ],
  },
};
