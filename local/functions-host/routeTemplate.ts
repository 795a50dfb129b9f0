import { HostError } from './hostError.ts';
import { type RouteConstraint, routeConstraint } from './routeConstraints.ts';

/** A `{parameter}` of a route template. */
export type RouteParameter = {
  name: string;
  constraints: RouteConstraint[];
  optional: boolean;
  catchAll: boolean;
  defaultValue: string | undefined;
};

/** What stands between two slashes of a template: literals (strings) and parameters, one after the other. */
export type RouteSegment = (string | RouteParameter)[];

/**
 * Parses a route template of ASP.NET Core, such as `jobs/{job:length(1,63)}/runs/{id?}` or `files/{*path}`.
 * A brace inside a constraint is written twice, as there: `{id:regex(^[a-f]{{2}}$)}`.
 * Source: https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-templates
 * @throws HostError when it is no such template.
 */
export function parseRouteTemplate(template: string): RouteSegment[] {
  const segments = splitTemplate(template);
  const names = new Set<string>();
  for (const [index, segment] of segments.entries()) {
    if (segment.length === 0) {
      throw malformed(template, 'it has an empty segment');
    }
    for (const part of segment) {
      if (typeof part === 'string') {
        continue;
      }
      if (names.has(part.name.toLowerCase())) {
        throw malformed(template, `the parameter '${part.name}' occurs twice`);
      }
      names.add(part.name.toLowerCase());
      if (part.catchAll && index !== segments.length - 1) {
        throw malformed(template, `the catch-all parameter '${part.name}' is not in the last segment`);
      }
      if (segment.length > 1 && (part.catchAll || part.optional || part.defaultValue !== undefined)) {
        throw malformed(template, `the parameter '${part.name}' must be a segment of its own`);
      }
    }
  }
  return segments;
}

/** Cuts at the slashes that are outside of parameters. */
function splitTemplate(template: string): RouteSegment[] {
  const segments: RouteSegment[] = [[]];
  let rest = template.replace(/^\/|\/$/g, '');
  while (rest !== '') {
    if (rest.startsWith('/')) {
      segments.push([]);
      rest = rest.slice(1);
      continue;
    }
    const literal = /^(?:[^{}/]|\{\{|\}\})+/.exec(rest)?.[0];
    const parameter = /^\{((?:[^{}]|\{\{|\}\})+)\}/.exec(rest);
    if (literal !== undefined) {
      segments.at(-1)?.push(unescapeBraces(literal));
      rest = rest.slice(literal.length);
    } else if (parameter?.[1] !== undefined) {
      segments.at(-1)?.push(parseParameter(unescapeBraces(parameter[1]), template));
      rest = rest.slice(parameter[0].length);
    } else {
      throw malformed(template, `'${rest}' has a brace without its other half; a literal brace is doubled`);
    }
  }
  return template === '' ? [] : segments;
}

/** `*path`, `id:int`, `id:regex(^a+$)?`, `page=1`: the inside of the braces. */
function parseParameter(text: string, template: string): RouteParameter {
  const shape = /^(\*{0,2})([^:=?*/]+)((?::[a-z]+(?:\(.*?\)(?=:|=|\?$|$))?)*)(?:=(.*?))?(\?)?$/i.exec(text);
  if (!shape) {
    throw malformed(template, `'{${text}}' is not a parameter`);
  }
  const [, stars, name = '', constraints = '', defaultValue, question] = shape;
  return {
    name,
    constraints: [...constraints.matchAll(/:([a-z]+)(?:\((.*?)\)(?=:|$))?/gi)].map(
      ([, constraint = '', argument = '']) => routeConstraint(constraint, argument),
    ),
    optional: question === '?',
    catchAll: stars !== '',
    defaultValue,
  };
}

function unescapeBraces(text: string): string {
  return text.replaceAll('{{', '{').replaceAll('}}', '}');
}

function malformed(template: string, why: string): HostError {
  return new HostError(`The route template '${template}' is malformed: ${why}.`);
}
