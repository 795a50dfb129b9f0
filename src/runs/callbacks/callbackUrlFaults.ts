import { isIP } from 'node:net';
import { isLoopbackHost } from '../../loopbackGuard.ts';

const mostCharacters = 2_048;

/**
 * Everything for which a callback must not go to this URL; none when it may. The messages name the URL's host and nothing else of it:
 * its path and query may hold secrets.
 * @param allowedHosts of CALLBACK_HOSTS, as readCallbackHosts gives them.
 * @param options.allowLoopback whether this machine may be called, by http too: where Azure is an emulator on it.
 */
export function callbackUrlFaults(
  text: string,
  allowedHosts: readonly string[],
  { allowLoopback }: { allowLoopback: boolean },
): string[] {
  if (text.length > mostCharacters) {
    return [`It is longer than ${mostCharacters} characters.`];
  }
  const url = URL.parse(text);
  // WHATWG's parser leaves white space out and takes a backslash for a slash; neither is part of a URL (RFC 3986).
  if (url === null || url.hostname === '' || /[\s\\\p{Cc}]/u.test(text)) {
    return ['It is not an absolute https: URL.'];
  }
  const isLoopback = allowLoopback && isLoopbackHost(url.hostname);
  const faults: string[] = [];
  if (url.protocol !== 'https:' && !(isLoopback && url.protocol === 'http:')) {
    faults.push('It must be an https: URL.');
  }
  if (url.username !== '' || url.password !== '') {
    faults.push('It must not hold a user name or a password.');
  }
  if (text.includes('#')) {
    faults.push('It must not have a fragment (#).');
  }
  if (!isLoopback && (isAddress(url.hostname) || isLoopbackHost(url.hostname))) {
    faults.push(`It must name a public host, which '${url.hostname}' is not.`);
  } else if (!allowedHosts.some((allowed) => isHostOf(url, allowed))) {
    faults.push(
      `The host '${url.host}' is not in the app's setting CALLBACK_HOSTS, which names the hosts that may be called back.`,
    );
  }
  return faults;
}

/** Whether a host is an IP address; WHATWG's parser has written every notation of IPv4 as four numbers. */
function isAddress(hostname: string): boolean {
  return isIP(hostname) !== 0 || hostname.startsWith('[');
}

function isHostOf(url: URL, allowed: string): boolean {
  const [, hostname = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(allowed) ?? [];
  const isPort = port === '' ? url.port === '' : port === (url.port || defaultPorts[url.protocol]);
  return (
    isPort &&
    (hostname.startsWith('*.') ? url.hostname.endsWith(hostname.slice(1)) : url.hostname === hostname)
  );
}

const defaultPorts: Record<string, string> = { 'https:': '443', 'http:': '80' };
