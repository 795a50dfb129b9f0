import { isLoopbackHost } from '../../loopbackGuard.ts';

/**
 * A storage service's URL, such as `https://account.table.core.windows.net`, without a slash at its end.
 * @param fault gets each thing that is wrong; never the value, which may hold a secret.
 */
export function readServiceUri(uri: string, fault: (message: string) => void): string {
  const url = URL.parse(uri);
  if (
    url === null ||
    (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.host)))
  ) {
    fault('A service URI in it is not an https: URL; http: is only for localhost, 127.0.0.1 and [::1].');
    return '';
  }
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    fault('A service URI in it holds more than a host and a path.');
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
