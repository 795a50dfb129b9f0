import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isRefusedAddress } from './refusedAddresses.ts';

/** All addresses of a host, as text. */
export type Resolve = (host: string) => Promise<string[]>;

/** A host has an address that callbacks must not reach. */
export class AddressRefused extends Error {
  readonly code = 'ADDRESS_REFUSED';

  constructor() {
    super('The host has an address that callbacks never go to.');
    this.name = 'AddressRefused';
  }
}

/** The addresses that this machine's own resolver gives. */
export async function resolveHost(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/**
 * The lookup of a socket that connects to public addresses alone. The addresses that it checks are the very ones that the socket
 * connects to, so that a name cannot mean another address a moment later. One bad address refuses the host.
 */
export function createCheckedLookup(resolve: Resolve, options: { allowLoopback: boolean }): LookupFunction {
  return (host, { all }, callback) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) {
          const error = Object.assign(new Error('The host has no address.'), { code: 'ENOTFOUND' });
          callback(error, '', 0);
        } else if (addresses.some((address) => isRefusedAddress(address, options))) {
          callback(new AddressRefused(), '', 0);
        } else if (all) {
          callback(
            null,
            addresses.map((address) => ({ address, family: isIP(address) })),
          );
        } else {
          callback(null, first, isIP(first));
        }
      },
      (error) => callback(error, '', 0),
    );
  };
}
