import type { RouteParameter, RouteSegment } from './routeTemplate.ts';

/**
 * What the parameters of a route catch from a path, or undefined when the path is not the route's. Letter case is
 * ignored in literals, and so is one trailing slash.
 * @param path the decoded segments of the request's path.
 */
export function matchRoute(template: RouteSegment[], path: string[]): Record<string, string> | undefined {
  const caught = new Map<string, string>();
  for (const [index, segment] of template.entries()) {
    const [first] = segment;
    if (typeof first === 'object' && first.catchAll) {
      const rest = path.slice(index).join('/');
      return accept(first, rest === '' ? undefined : rest, caught) ? Object.fromEntries(caught) : undefined;
    }
    if (!matchSegment(segment, path[index], caught)) {
      return undefined;
    }
  }
  return path.length <= template.length ? Object.fromEntries(caught) : undefined;
}

function matchSegment(segment: RouteSegment, text: string | undefined, caught: Map<string, string>): boolean {
  const [first] = segment;
  if (typeof first === 'object' && segment.length === 1) {
    const absent = text === undefined && !first.optional && first.defaultValue === undefined;
    return text !== '' && !absent && accept(first, text, caught);
  }
  const pattern = segment.map((part) => (typeof part === 'string' ? RegExp.escape(part) : '(.+)')).join('');
  const values = text === undefined ? null : new RegExp(`^${pattern}$`, 'i').exec(text);
  const parameters = segment.filter((part) => typeof part === 'object');
  return !!values && parameters.every((parameter, index) => accept(parameter, values[index + 1], caught));
}

/** Keeps what a parameter caught, if its constraints agree. Only what is optional may be absent despite constraints. */
function accept(parameter: RouteParameter, text: string | undefined, caught: Map<string, string>): boolean {
  const value = text ?? parameter.defaultValue;
  if (value === undefined) {
    return parameter.optional || parameter.constraints.length === 0;
  }
  caught.set(parameter.name, value);
  return parameter.constraints.every((allows) => allows(value));
}
