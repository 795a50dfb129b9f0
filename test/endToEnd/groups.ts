import type { Emulator } from '../../local/aci/emulator.ts';
import { callArm } from '../../local/armRest.ts';
import { until } from '../until.ts';

export const subscriptionId = '00000000-0000-0000-0000-000000000000';

export function resourceId(name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
}

/** The path of a group in the app. */
export function groupPath(name: string): string {
  return `/api/azure/containers/${subscriptionId}/jobs/${name}`;
}

type Group = { properties: Record<string, unknown> & { provisioningState: string } };

/** Creates a group in the emulator, of one container `main`, and waits until it is not busy any more. */
export async function createGroup(
  emulator: Emulator,
  name: string,
  container: Record<string, unknown>,
  properties: Record<string, unknown> = {},
): Promise<Group> {
  await callArm(emulator, 'PUT', resourceId(name), {
    location: 'westeurope',
    properties: {
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          properties: { image: 'image', resources: { requests: { cpu: 1, memoryInGB: 1 } }, ...container },
        },
      ],
      ...properties,
    },
  });
  return settled(emulator, name);
}

/** The group as ARM answers it once it is not busy any more. */
export function settled(emulator: Emulator, name: string): Promise<Group> {
  return until(async () => {
    const group = (await callArm(emulator, 'GET', resourceId(name))) as Group;
    return ['Succeeded', 'Failed'].includes(group.properties.provisioningState) && group;
  });
}

/** Prints the container's own variables, one a line. */
export const printEnv = [
  'node',
  '-p',
  'Object.entries(process.env).map((pair) => pair.join("=")).join("\\n")',
];

/** No step of the emulated service takes any time but what child processes take. */
export const atOnce = {
  pendingMs: 0,
  pullMs: 0,
  createMs: 0,
  settleMs: 0,
  backOffMs: 0,
  deleteMs: 0,
  scriptedRunMs: 0,
};
