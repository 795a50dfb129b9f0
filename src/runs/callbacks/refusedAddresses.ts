import { BlockList, isIP } from 'node:net';

/** What of IPv4 no callback may reach (IANA IPv4 Special-Purpose Address Registry, and Azure's own). */
const refusedIpv4 = [
  ['0.0.0.0', 8], // this network; on Linux, this machine
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's own services for a virtual machine (learn.microsoft.com, "What is IP address 168.63.129.16?")
  ['169.254.0.0', 16], // link-local: the instance metadata service, and identity endpoints
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Of IPv6 only 2000::/3 is global unicast (RFC 4291, 2.4); what of that no callback may reach (IANA IPv6 Special-Purpose Address Registry). */
const refusedIpv6 = [
  ['2001::', 23], // of protocols, with Teredo, which has an IPv4 address inside
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4, which has an IPv4 address inside
  ['3fff::', 20],
] as const;

const refused = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of refusedIpv4) {
  refused.ipv4.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of refusedIpv6) {
  refused.ipv6.addSubnet(network, prefix, 'ipv6');
}
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');
// Two lists, for one takes an IPv4-mapped address for the IPv4 address itself.
const loopback = { ipv4: new BlockList(), ipv6: new BlockList() };
loopback.ipv4.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.ipv6.addAddress('::1', 'ipv6');

/**
 * Whether a callback must not go to this address: all but public ones, and whatever is no address. IPv6 forms of IPv4 addresses
 * (mapped, compatible, NAT64, 6to4, Teredo) are refused whole: who has one of these has the IPv4 address as well.
 * @param options.allowLoopback whether 127.0.0.0/8 and ::1 are let pass.
 */
export function isRefusedAddress(address: string, { allowLoopback }: { allowLoopback: boolean }): boolean {
  // An address with a zone (fe80::1%eth0) is never a public one.
  if (isIP(address) === 0 || address.includes('%')) {
    return true;
  }
  const type = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  if (allowLoopback && loopback[type].check(address, type)) {
    return false;
  }
  return refused[type].check(address, type) || (type === 'ipv6' && !globalIpv6.check(address, type));
}
