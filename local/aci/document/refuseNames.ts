import type { ArmError } from '../armErrors.ts';
import { allContainers, type ContainerGroup } from './containerGroup.ts';

const label = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** The service's rules for names; the rules are documented, the codes of their refusals are not: [U]. */
export function refuseNames(name: string, group: ContainerGroup): ArmError | undefined {
  if (!isName(name, 1)) {
    return invalid('InvalidContainerGroupName', `container group name '${name}'`, 1);
  }
  const containers = allContainers(group).map((container) => container.name);
  for (const container of containers) {
    if (!isName(container, 1)) {
      return invalid('InvalidContainerName', `container name '${container}'`, 1);
    }
  }
  const volumes = (group.properties.volumes ?? []).map((volume) => volume.name);
  for (const volume of volumes) {
    if (!isName(volume, 5)) {
      return invalid('InvalidVolumeName', `volume name '${volume}'`, 5);
    }
  }
  const dnsNameLabel = group.properties.ipAddress?.dnsNameLabel;
  if (dnsNameLabel !== undefined && !isName(dnsNameLabel, 5)) {
    return invalid('InvalidDnsNameLabel', `DNS name label '${dnsNameLabel}'`, 5);
  }
  return (
    refuseTwice('DuplicateContainerName', 'container', containers, name) ??
    refuseTwice('DuplicateVolumeName', 'volume', volumes, name)
  );
}

function isName(name: string, minimum: number): boolean {
  return name.length >= minimum && name.length <= 63 && label.test(name);
}

function refuseTwice(code: string, what: string, names: string[], group: string): ArmError | undefined {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined
    ? undefined
    : {
        status: 400,
        code,
        message: `The ${what} '${twice}' is declared twice in container group '${group}'.`,
      };
}

function invalid(code: string, what: string, minimum: number): ArmError {
  return {
    status: 400,
    code,
    message: `The ${what} is invalid: ${minimum} to 63 lower-case letters, digits and inner hyphens.`,
  };
}
