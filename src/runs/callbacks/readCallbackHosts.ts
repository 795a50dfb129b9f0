import { isIP } from 'node:net';
import { isLoopbackHost } from '../../loopbackGuard.ts';

/** At least two labels, so that no wildcard is for a whole top-level domain. */
const publicName = /^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/**
 * Reads the setting CALLBACK_HOSTS: hosts with commas between. `example.org` is that host alone, `*.example.org` all below it but
 * not itself; either with `:port`, else for the default port alone.
 * @param options.allowLoopback whether localhost, 127.0.0.1 and [::1] may be named.
 * @returns the hosts in lower case and Punycode, and what is wrong with the other entries: by their number, for a URL that stands
 * there by mistake may hold a secret.
 */
export function readCallbackHosts(
  value: string | undefined,
  { allowLoopback }: { allowLoopback: boolean },
): { hosts: string[]; faults: string[] } {
  const entries = (value ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const hosts = new Set<string>();
  const faults: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const host = hostOf(entry, allowLoopback);
    if (host === undefined) {
      faults.push(
        `Entry ${index + 1} of ${entries.length} must be a public host's name, such as hooks.example.org, or *.example.org for those below it, with :port where it is not the default; no URL and no address.`,
      );
    } else {
      hosts.add(host);
    }
  }
  return { hosts: [...hosts], faults };
}

function hostOf(entry: string, allowLoopback: boolean): string | undefined {
  const wildcard = entry.startsWith('*.') ? '*.' : '';
  const name = entry.slice(wildcard.length);
  const url = /[\s/\\?#@]/.test(name) ? null : URL.parse(`https://${name}`);
  if (url === null || url.port === '0') {
    return undefined;
  }
  const isPublic = publicName.test(url.hostname) && isIP(url.hostname) === 0;
  const isLoopback = allowLoopback && wildcard === '' && isLoopbackHost(url.hostname);
  return isPublic || isLoopback ? wildcard + url.host : undefined;
}
