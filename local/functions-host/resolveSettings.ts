import { HostError } from './hostError.ts';

/**
 * A property of a binding with every `%SETTING%` in it replaced by that setting's value.
 * @throws HostError when a setting is missing.
 */
export function resolveSettings(
  binding: Record<string, unknown> | undefined,
  property: string,
  environment: NodeJS.ProcessEnv,
): string {
  return String(binding?.[property] ?? '').replace(/%([^%]+)%/g, (expression, setting: string) => {
    const value = environment[setting];
    if (!value) {
      throw new HostError(`'${expression}' in its ${property} does not resolve to a value.`);
    }
    return value;
  });
}
