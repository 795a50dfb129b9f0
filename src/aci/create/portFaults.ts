import type { Fault } from '../errors.ts';
import type { Group, Port } from './documentShape.ts';
import { isOneOf } from './groupFaults.ts';
import { containersOf, type Placed, placedItems, repeated } from './placed.ts';

const mostPorts = 5;

/**
 * Ports that cannot be: of containers, of probes, and of the group's address, which has one to five, each opened by a
 * container (`MissingIpAddressPorts`, hashicorp/terraform-provider-azurerm issue 1697; `UnreferencedIpAddressPorts`, pull
 * request 5091 there). All containers share the ports of one host, so none can open another's (learn.microsoft.com, "Container
 * groups in Azure Container Instances", Networking; that ACI refuses it, issue 11102 there).
 */
export function portFaults(group: Group): Fault[] {
  const opened = containersOf(group).flatMap(({ item, pointer }) =>
    placedItems(item.properties?.ports, `${pointer}/properties/ports`),
  );
  return [
    ...eachPortFaults(opened),
    ...doubleFaults(opened, 'is opened twice in the group'),
    ...probeFaults(group),
    ...addressPortFaults(group, opened),
  ];
}

function addressPortFaults({ properties }: Group, opened: readonly Placed<Port>[]): Fault[] {
  const { ipAddress, containerGroupProfile, containers } = properties ?? {};
  const target = '/properties/ipAddress/ports';
  const exposed = placedItems(ipAddress?.ports, target);
  const keys = new Set(opened.map(({ item }) => keyOf(item)));
  // A port that could not be read, or that a profile opens, may be the one.
  const isKnown =
    !containerGroupProfile &&
    opened.every(({ item }) => isReadable(item)) &&
    containers?.every((one) => one?.properties && (one.properties.ports || !('ports' in one.properties))) ===
      true;
  return [
    ...(ipAddress?.ports?.length === 0
      ? [{ code: 'MissingIpAddressPorts', target, message: 'An address has at least one port.' }]
      : []),
    ...(exposed.length > mostPorts
      ? [
          {
            code: 'TooManyPorts',
            target,
            message: `The address has ${exposed.length} ports; ACI allows ${mostPorts}.`,
          },
        ]
      : []),
    ...eachPortFaults(exposed),
    ...doubleFaults(exposed, "is in the address's ports twice"),
    ...exposed
      .filter(({ item }) => isKnown && isReadable(item) && !keys.has(keyOf(item)))
      .map(({ item, pointer }) => ({
        code: 'UnreferencedIpAddressPorts',
        target: pointer,
        message: `No container opens port ${nameOf(item)}, which the address has.`,
      })),
  ];
}

function eachPortFaults(ports: readonly Placed<Port>[]): Fault[] {
  return ports.flatMap(({ item: { port, protocol }, pointer }) => [
    ...rangeFaults(port, `${pointer}/port`),
    ...(protocol === undefined || isOneOf(['TCP', 'UDP'], protocol)
      ? []
      : [
          {
            code: 'InvalidValue',
            target: `${pointer}/protocol`,
            message: `The protocol of a port must be one of 'TCP', 'UDP'.`,
          },
        ]),
  ]);
}

function doubleFaults(ports: readonly Placed<Port>[], says: string): Fault[] {
  return repeated(
    ports.filter(({ item }) => isReadable(item)),
    keyOf,
  ).map(({ item, pointer }) => ({
    code: 'DuplicatePort',
    target: pointer,
    message: `Port ${nameOf(item)} ${says}.`,
  }));
}

function probeFaults(group: Group): Fault[] {
  return containersOf(group).flatMap(({ item, pointer }) =>
    (['livenessProbe', 'readinessProbe'] as const).flatMap((probe) =>
      rangeFaults(item.properties?.[probe]?.httpGet?.port, `${pointer}/properties/${probe}/httpGet/port`),
    ),
  );
}

function rangeFaults(port: number | undefined, target: string): Fault[] {
  return port === undefined || (port >= 1 && port <= 65_535)
    ? []
    : [{ code: 'InvalidPort', target, message: `Port ${port} cannot be: 1–65535.` }];
}

function isReadable(port: Port): boolean {
  return port.port !== undefined && (port.protocol !== undefined || !('protocol' in port));
}

function keyOf(port: Port): string {
  return nameOf(port).toUpperCase();
}

function nameOf({ port, protocol }: Port): string {
  return `${port} ${protocol ?? 'TCP'}`;
}
