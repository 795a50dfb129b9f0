import type { HttpRequest } from '@azure/functions';

/** The longest that an answer may be waited for, in seconds: callers give up after two minutes, Azure's load balancer after four. */
const mostSeconds = 100;

export type Preference = {
  /** How long the end of the run is to be waited for, in seconds. */
  waitSeconds: number;
  /** Preference-Applied; nothing where there was nothing to apply. */
  headers: Record<string, string>;
};

/** What the caller prefers of `wait` and `respond-async` (RFC 7240, 4.1 and 4.3); what nobody can make out is left out, as that asks. */
export function preferenceOf({ headers }: HttpRequest): Preference {
  const asked = new Map<string, string | undefined>();
  for (const preference of (headers.get('prefer') ?? '').split(',')) {
    const [, name, value] = /^\s*([\w-]+)\s*(?:=\s*"?([^";]*)"?)?/.exec(preference) ?? [];
    if (name !== undefined && !asked.has(name.toLowerCase())) {
      asked.set(name.toLowerCase(), value?.trim());
    }
  }
  const wait = asked.get('wait') ?? '';
  const seconds = /^\d{1,9}$/.test(wait) ? Math.min(Number(wait), mostSeconds) : undefined;
  const applied = [
    ...(asked.has('respond-async') ? ['respond-async'] : []),
    ...(seconds === undefined ? [] : [`wait=${seconds}`]),
  ];
  return {
    waitSeconds: seconds ?? 0,
    headers: applied.length > 0 ? { 'preference-applied': applied.join(', ') } : {},
  };
}
