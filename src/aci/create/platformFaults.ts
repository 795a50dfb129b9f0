import type { Fault } from '../errors.ts';
import type { Group } from './documentShape.ts';
import { isOneOf } from './groupFaults.ts';
import { placedItems } from './placed.ts';

/** What Windows and Spot groups cannot have. */
export function platformFaults(group: Group): Fault[] {
  return [
    ...(isOneOf(['Windows'], group.properties?.osType ?? '') ? windowsFaults(group) : []),
    ...(isOneOf(['Spot'], group.properties?.priority ?? '') ? spotFaults(group) : []),
  ];
}

/**
 * One container and no volume: learn.microsoft.com, "Container groups in Azure Container Instances" ("For Windows containers,
 * Azure Container Instances only supports deployment of a single container instance") and the notes of its pages on each kind
 * of volume ("restricted to Linux containers"; `WindowsContainersVolumeNotSupported`, virtual-kubelet/virtual-kubelet issue
 * 367). That an init container counts as a second one is unverified [U].
 */
function windowsFaults({ properties }: Group): Fault[] {
  const { containers = [], initContainers, volumes } = properties ?? {};
  return [
    ...(containers.length > 1 ? [single('/properties/containers')] : []),
    ...placedItems(initContainers, '/properties/initContainers').map(({ pointer }) => single(pointer)),
    ...placedItems(volumes, '/properties/volumes').map(({ pointer }) => ({
      code: 'WindowsContainersVolumeNotSupported',
      target: pointer,
      message: 'A Windows group cannot have volumes.',
    })),
  ];
}

function single(target: string): Fault {
  return {
    code: 'WindowsContainersNotSupported',
    target,
    message: 'A Windows group has one container and no init containers.',
  };
}

/** learn.microsoft.com, "Azure Container Instances Spot containers", unsupported features; its preview's list. */
function spotFaults({ properties, zones }: Group): Fault[] {
  const { ipAddress, subnetIds = [], sku } = properties ?? {};
  const unsupported: [target: string, what: string, isThere: boolean][] = [
    ['/properties/ipAddress/type', 'a public address', isOneOf(['Public'], ipAddress?.type ?? '')],
    ['/properties/subnetIds', 'a subnet', subnetIds.length > 0],
    ['/properties/sku', "the sku 'Confidential'", isOneOf(['Confidential'], sku ?? '')],
    ['/zones', 'zones', (zones ?? []).length > 0],
  ];
  return unsupported
    .filter(([, , isThere]) => isThere)
    .map(([target, what]) => ({
      code: 'SpotNotSupported',
      target,
      message: `A Spot group cannot have ${what}.`,
    }));
}
