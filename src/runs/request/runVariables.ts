import { asText } from '../../aci/json.ts';
import type { LaunchOverrides } from '../../aci/plan/overrides.ts';
import type { RunVariable } from '../run.ts';

/** The variables that the overrides set, secure ones without their values. @param container the one that shared variables are for. */
export function runVariables(
  { env, secureEnv, containers }: LaunchOverrides,
  container: string,
): RunVariable[] {
  return [[container, { env, secureEnv }] as const, ...Object.entries(containers ?? {})].flatMap(
    ([name, overrides]) => [
      ...Object.entries(overrides.env ?? {}).flatMap(([variable, value]) =>
        value === null ? [] : [{ container: name, name: variable, value: asText(value) }],
      ),
      ...Object.keys(overrides.secureEnv ?? {}).map(
        (variable): RunVariable => ({ container: name, name: variable, secure: true }),
      ),
    ],
  );
}
