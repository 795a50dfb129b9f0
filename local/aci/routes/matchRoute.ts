/** Splits a path into decoded segments; undefined when its percent-encoding is broken. */
export function splitPath(path: string): string[] | undefined {
  try {
    return path
      .replace(/^\/|\/$/g, '')
      .split('/')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

export type Match<Route> = { route: Route; params: Record<string, string> };

/** Finds the route of a request, and the segments that its path's {names} take. */
export function matchRoute<Route extends { method: string; path: string }>(
  routes: readonly Route[],
  method: string,
  segments: readonly string[],
): Match<Route> | undefined {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, segments) : undefined;
    if (params) {
      return { route, params };
    }
  }
  return undefined;
}

function matchPath(path: string, segments: readonly string[]): Record<string, string> | undefined {
  const words = path.slice(1).split('/');
  if (words.length !== segments.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, word] of words.entries()) {
    const segment = segments[index] ?? '';
    if (word.startsWith('{')) {
      params[word.slice(1, -1)] = segment;
    } else if (word.toLowerCase() !== segment.toLowerCase()) {
      return undefined;
    }
  }
  return params;
}
