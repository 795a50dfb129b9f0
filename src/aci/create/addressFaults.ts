import type { Fault } from '../errors.ts';
import type { Group } from './documentShape.ts';
import { isOneOf } from './groupFaults.ts';
import { isLabel, labelRule } from './nameFaults.ts';

const target = '/properties/ipAddress';

/**
 * An address that cannot be. In a subnet it is private and has no DNS label (learn.microsoft.com, "Virtual network scenarios
 * and resources", unsupported: public IP or DNS label; `InvalidIpAddressTypeForNetworkProfile`,
 * hashicorp/terraform-provider-azurerm issue 19579); elsewhere it is public (`PrivateIPAddressNotSupported`,
 * aztfmod/terraform-azurerm-caf issue 1145).
 */
export function addressFaults({ properties }: Group): Fault[] {
  const { ipAddress, subnetIds, containerGroupProfile } = properties ?? {};
  if (!ipAddress) {
    return [];
  }
  const { type, dnsNameLabel } = ipAddress;
  const hasSubnet = (subnetIds ?? []).length > 0;
  const isSubnetUnreadable = !subnetIds && properties !== undefined && 'subnetIds' in properties;
  const isPublic = isOneOf(['Public'], type ?? '');
  const isPrivate = isOneOf(['Private'], type ?? '');
  const faults: Fault[] = [];
  if (type !== undefined && !isPublic && !isPrivate) {
    faults.push({
      code: 'InvalidValue',
      target: `${target}/type`,
      message: isOneOf(['None'], type)
        ? `An address of type 'None' cannot be: leave ipAddress out.`
        : `The type of an address must be one of 'Public', 'Private'.`,
    });
  }
  if (isPublic && hasSubnet) {
    faults.push({
      code: 'InvalidIpAddressTypeForNetworkProfile',
      target: `${target}/type`,
      message: 'A group in a subnet cannot have a public address.',
    });
  }
  if (isPrivate && !hasSubnet && !isSubnetUnreadable && !containerGroupProfile) {
    faults.push({
      code: 'PrivateIPAddressNotSupported',
      target: `${target}/type`,
      message: 'Only a group in a subnet can have a private address.',
    });
  }
  if (dnsNameLabel !== undefined && !isLabel(dnsNameLabel, 5)) {
    faults.push({
      code: 'InvalidDnsNameLabel',
      target: `${target}/dnsNameLabel`,
      message: `The DNS name label '${dnsNameLabel}' ${labelRule(5)}.`,
    });
  }
  if (dnsNameLabel !== undefined && (hasSubnet || isPrivate)) {
    faults.push({
      code: 'DnsNameLabelNotSupported',
      target: `${target}/dnsNameLabel`,
      message: 'Only a public address, so none in a subnet, can have a DNS name label.',
    });
  }
  return faults;
}
