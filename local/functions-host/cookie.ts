import type { HttpCookie } from './coreApi.ts';

const sameSite = { none: undefined, lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/** The value of `Set-Cookie`. As in the host, name and value are escaped and the path is `/` unless the app says. */
export function serializeCookie(cookie: HttpCookie): string {
  const attributes = {
    'max-age': cookie.maxAge?.value,
    expires: cookie.expires && new Date(cookie.expires.value.seconds * 1000).toUTCString(),
    domain: cookie.domain?.value,
    path: cookie.path?.value ?? '/',
    samesite: sameSite[cookie.sameSite ?? 'none'],
  };
  return [
    `${encodeURIComponent(cookie.name)}=${encodeURIComponent(cookie.value)}`,
    ...Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${value}`],
    ),
    ...(cookie.secure?.value ? ['secure'] : []),
    ...(cookie.httpOnly?.value ? ['httponly'] : []),
  ].join('; ');
}
