import { HostError } from './hostError.ts';

/** Whether the text that a route parameter caught is one that the parameter takes. */
export type RouteConstraint = (value: string) => boolean;

const guidForms = [
  /^[0-9a-f]{32}$/i,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i,
  /^\([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)$/i,
];

/** ASP.NET Core's inline constraints: https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints */
const factories: Record<string, (argument: string) => RouteConstraint> = {
  int: () => integerBetween(-(2n ** 31n), 2n ** 31n - 1n),
  long: () => integerBetween(-(2n ** 63n), 2n ** 63n - 1n),
  bool: () => (value) => /^(?:true|false)$/i.test(value),
  guid: () => (value) => guidForms.some((form) => form.test(value)),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  decimal: () => isNumber,
  double: () => isNumber,
  float: () => isNumber,
  required: () => (value) => value !== '',
  minlength: (argument) => lengthBetween(whole(argument), Number.POSITIVE_INFINITY),
  maxlength: (argument) => lengthBetween(0, whole(argument)),
  length: (argument) => lengthBetween(...pair(argument)),
  min: (argument) => integerBetween(BigInt(whole(argument)), 2n ** 63n - 1n),
  max: (argument) => integerBetween(-(2n ** 63n), BigInt(whole(argument))),
  range: (argument) => {
    const [least, most] = pair(argument);
    return integerBetween(BigInt(least), BigInt(most));
  },
  regex: (argument) => {
    const pattern = new RegExp(argument, 'i');
    return (value) => pattern.test(value);
  },
};

/**
 * The constraint that a template names, such as `int` or `length(1,63)`.
 * @throws HostError when ASP.NET Core has none of that name, or its argument makes no sense.
 */
export function routeConstraint(name: string, argument: string): RouteConstraint {
  const factory = Object.hasOwn(factories, name.toLowerCase()) ? factories[name.toLowerCase()] : undefined;
  if (!factory) {
    throw new HostError(`'${name}' is not a route constraint.`);
  }
  try {
    return factory(argument);
  } catch (error) {
    throw new HostError(`The route constraint '${name}(${argument})' is wrong: ${messageOf(error)}`);
  }
}

function integerBetween(least: bigint, most: bigint): RouteConstraint {
  return (value) => {
    if (!/^\s*[+-]?\d{1,20}\s*$/.test(value)) {
      return false;
    }
    const number = BigInt(value.trim().replace('+', ''));
    return number >= least && number <= most;
  };
}

function lengthBetween(least: number, most: number): RouteConstraint {
  return (value) => value.length >= least && value.length <= most;
}

function isNumber(value: string): boolean {
  return value.trim() !== '' && Number.isFinite(Number(value));
}

function whole(argument: string): number {
  if (!/^\s*-?\d+\s*$/.test(argument)) {
    throw new Error(`'${argument}' is not a whole number.`);
  }
  return Number(argument);
}

function pair(argument: string): [number, number] {
  const [least = '', most = least] = argument.split(',');
  return [whole(least), whole(most)];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
