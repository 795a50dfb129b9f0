import { isDeepStrictEqual } from 'node:util';
import type { ContainerDocument, EnvironmentVariable } from '../document.ts';
import type { LauncherVariable } from '../mark.ts';
import { masked } from '../masked.ts';
import type { Change } from './change.ts';
import {
  isSecure,
  mergeEnvironmentVariables,
  type NameKey,
  type VariableOverride,
} from './environmentVariables.ts';
import { type ContainerOverrides, variableOverrides } from './overrides.ts';
import { propertyOf, type Secret } from './secrets.ts';

type VariableSecret = { container: string; env: string; value: string };

type RewrittenContainer = { container: ContainerDocument; changes: Change[] };

/**
 * One container of a launch: its overrides, over the job's secrets for its variables, and the launcher's own over both.
 * @param launcherVariables the run's mark, and whatever else the launcher itself sets.
 * @param keyOf how the group's system tells names of variables apart.
 */
export function rewriteContainer(
  container: ContainerDocument,
  overrides: ContainerOverrides,
  secrets: readonly Secret[],
  launcherVariables: readonly LauncherVariable[],
  keyOf: NameKey,
): RewrittenContainer {
  const { name, properties } = container;
  const live = new Map(properties.environmentVariables?.map((variable) => [keyOf(variable.name), variable]));
  const asked = variableOverrides(overrides);
  const askedKeys = new Set([...asked.keys()].map(keyOf));
  const supplied = secrets.filter(
    (secret) => 'env' in secret && secret.container === name && !askedKeys.has(keyOf(secret.env)),
  ) as VariableSecret[];
  // A variable that Key Vault supplies by now is left to it.
  const restored = supplied.filter(({ env }) => !live.get(keyOf(env))?.secureValueReference);
  const members = replacedMembers(container, overrides);
  return {
    container: {
      ...container,
      properties: {
        ...properties,
        ...members,
        environmentVariables: mergeEnvironmentVariables(
          properties.environmentVariables,
          new Map([...restored.map(secureVariable), ...asked, ...launcherVariables.map(plainVariable)]),
          keyOf,
        ),
      },
    },
    changes: [
      ...restored.map(({ env }): Change => {
        const property = propertyOf({ container: name, env });
        return live.has(keyOf(env))
          ? { property, action: 'restore' }
          : { property, action: 'set', after: masked };
      }),
      ...[...asked].map(([variable, override]) =>
        variableChange(propertyOf({ container: name, env: variable }), live.get(keyOf(variable)), override),
      ),
      ...Object.entries(members).map(
        ([member, after]): Change => ({
          property: `containers['${name}'].${member}`,
          action: 'set',
          before: properties[member],
          after,
        }),
      ),
    ].filter(
      ({ action, before, after }) =>
        action === 'restore' || after === masked || !isDeepStrictEqual(before, after),
    ),
  };
}

function plainVariable([name, value]: LauncherVariable): [string, VariableOverride] {
  return [name, { value }];
}

function secureVariable({ env, value }: VariableSecret): [string, VariableOverride] {
  return [env, { secureValue: value }];
}

function variableChange(
  property: string,
  live: EnvironmentVariable | undefined,
  override: VariableOverride,
): Change {
  return {
    property,
    action: override ? 'set' : 'remove',
    ...(live && { before: isSecure(live) ? masked : live.value }),
    ...(override && { after: 'value' in override ? override.value : masked }),
  };
}

function replacedMembers(
  { properties }: ContainerDocument,
  { command, image, resources }: ContainerOverrides,
): Record<string, unknown> {
  const { requests, limits } = properties.resources ?? {};
  return {
    ...(command && { command }),
    ...(image !== undefined && { image }),
    ...(resources && {
      resources: {
        ...properties.resources,
        ...(resources.requests && { requests: { ...(requests as object), ...resources.requests } }),
        ...(resources.limits && { limits: { ...(limits as object), ...resources.limits } }),
      },
    }),
  };
}
