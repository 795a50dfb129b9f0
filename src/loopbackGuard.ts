/** Why a request was refused: an HTTP status with the code and message of Azure's error envelope. */
export type Refusal = { status: 403 | 415; code: string; message: string };

type GuardedRequest = {
  method: string;
  /** The Host that the caller addressed, with its port; undefined when there was none. */
  host: string | undefined;
  /** Looks up a request header by its lower-case name. */
  header: (name: string) => string | undefined;
};

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Keeps a web page elsewhere from driving a server on this machine.
 *
 * A browser lets any page send requests to localhost. What gives such a request away is the Host it was addressed
 * to (DNS rebinding), its Origin, its Sec-Fetch-Site, or a body of one of the few types that need no CORS preflight.
 * @returns undefined when the request may pass.
 */
export function refuseForeign({ method, host, header }: GuardedRequest): Refusal | undefined {
  if (!host || !loopbackNames.has(hostName(host))) {
    return forbidden(
      'HostNotAllowed',
      `Host '${host ?? ''}' is not this machine; use localhost, 127.0.0.1 or [::1].`,
    );
  }
  const origin = header('origin');
  if (origin !== undefined && originHost(origin) !== host.toLowerCase()) {
    return forbidden(
      'OriginNotAllowed',
      `Origin '${origin}' is another site; only '${host}' itself may call.`,
    );
  }
  const crossSite = refuseCrossSite(header);
  if (crossSite) {
    return crossSite;
  }
  const contentType = header('content-type');
  if (
    method !== 'GET' &&
    method !== 'HEAD' &&
    !isJson(contentType) &&
    (contentType !== undefined || hasBody(header))
  ) {
    return {
      status: 415,
      code: 'UnsupportedMediaType',
      message: `Content-Type is '${contentType ?? ''}'; send a body as application/json.`,
    };
  }
  return undefined;
}

/** Refuses what a browser says that a page of another site sent. @returns undefined when the request may pass. */
export function refuseCrossSite(header: GuardedRequest['header']): Refusal | undefined {
  const site = header('sec-fetch-site');
  return site !== undefined && site !== 'same-origin' && site !== 'none'
    ? forbidden('CrossSiteRequest', `Sec-Fetch-Site is '${site}'; only requests from this origin are served.`)
    : undefined;
}

/** Whether a Content-Type names JSON: application/json, or any type with the +json suffix of RFC 6839. */
export function isJson(contentType: string | undefined): boolean {
  return /^application\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i.test(contentType?.trim() ?? '');
}

/** Whether a URL's host name (an IPv6 address in brackets) is this machine's loopback. */
export function isLoopbackHost(host: string): boolean {
  return loopbackNames.has(hostName(host));
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '');
}

function originHost(origin: string): string | undefined {
  return URL.parse(origin)?.host;
}

function hasBody(header: GuardedRequest['header']): boolean {
  return header('transfer-encoding') !== undefined || Number(header('content-length') ?? 0) > 0;
}

function forbidden(code: string, message: string): Refusal {
  return { status: 403, code, message };
}
