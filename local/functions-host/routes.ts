import { HostError } from './hostError.ts';
import { matchRoute } from './matchRoute.ts';
import { parseRouteTemplate, type RouteSegment } from './routeTemplate.ts';
import { isStartedBy, triggerOf } from './trigger.ts';
import type { RegisteredFunction } from './worker.ts';

export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** An HTTP function at its place. */
export type Route = {
  registered: RegisteredFunction;
  name: string;
  /** The whole template with its prefix, starting with a slash: `/api/jobs/{job}`. */
  route: string;
  /** In capitals; undefined takes any method. */
  methods: string[] | undefined;
  authLevel: AuthLevel;
  segments: RouteSegment[];
};

/**
 * The HTTP functions in the order in which the host tries them: by name, ignoring case. A literal has no precedence
 * over a parameter.
 * @throws HostError for a template that the host would not take, a reserved one, or two that claim the same calls.
 */
export function buildRoutes(functions: Iterable<RegisteredFunction>, prefix: string): Route[] {
  const routes: Route[] = [];
  const byName = [...functions].sort((a, b) => compareOrdinal(a.metadata.name, b.metadata.name));
  for (const registered of byName) {
    const route = httpRoute(registered, prefix);
    if (!route) {
      continue;
    }
    const rival = routes.find((other) => claimSameCalls(route, other));
    if (rival) {
      throw inError(route.name, `its route conflicts with that of the function '${rival.name}'.`);
    }
    routes.push(route);
  }
  return routes;
}

/** The first route that takes a call. No method of another route makes it a 405: the host knows only 404. */
export function findRoute(
  routes: Route[],
  method: string,
  path: string[],
): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = route.methods?.includes(method) === false ? undefined : matchRoute(route.segments, path);
    if (params) {
      return { route, params };
    }
  }
  return undefined;
}

function httpRoute(registered: RegisteredFunction, prefix: string): Route | undefined {
  const { name } = registered.metadata;
  const trigger = triggerOf(registered.metadata)?.binding;
  if (!trigger || !isStartedBy(registered.metadata, 'httpTrigger')) {
    return undefined;
  }
  const template = typeof trigger['route'] === 'string' && trigger['route'] !== '' ? trigger['route'] : name;
  if (/^\/*(?:admin|runtime)/i.test(template)) {
    throw inError(name, `its route '${template}' conflicts with one or more built in routes.`);
  }
  const whole = prefix === '' ? template : `${prefix}/${template}`;
  const methods = Array.isArray(trigger['methods'])
    ? trigger['methods'].map((method) => String(method).toUpperCase())
    : [];
  try {
    return {
      registered,
      name,
      route: `/${whole}`,
      methods: methods.length > 0 ? methods : undefined,
      authLevel: readAuthLevel(trigger['authLevel']),
      segments: parseRouteTemplate(whole),
    };
  } catch (error) {
    throw error instanceof HostError ? inError(name, error.message) : error;
  }
}

function claimSameCalls(a: Route, b: Route): boolean {
  const overlap = !a.methods || !b.methods || a.methods.some((method) => b.methods?.includes(method));
  return overlap && a.route.toLowerCase() === b.route.toLowerCase();
}

/** The host's own default is `function`; the library writes `anonymous` where an app says nothing. */
function readAuthLevel(value: unknown): AuthLevel {
  const level = String(value ?? 'function').toLowerCase();
  if (level !== 'anonymous' && level !== 'function' && level !== 'admin') {
    throw new HostError(`'${value}' is not an authLevel; use anonymous, function or admin.`);
  }
  return level;
}

function compareOrdinal(a: string, b: string): number {
  const [left, right] = [a.toUpperCase(), b.toUpperCase()];
  return left < right ? -1 : left > right ? 1 : 0;
}

function inError(name: string, why: string): HostError {
  return new HostError(`The '${name}' function is in error: ${why}`);
}
