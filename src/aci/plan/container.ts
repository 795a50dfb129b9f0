import { isDeepStrictEqual } from 'node:util';
import type { ContainerDocument } from '../document.ts';
import { type Mark, markVariables } from '../mark.ts';
import { type Change, masked } from './change.ts';
import { isSecure, mergeEnvironmentVariables, type VariableOverride } from './environmentVariables.ts';
import { type ContainerOverrides, variableOverrides } from './overrides.ts';
import { propertyOf, type Secret } from './secrets.ts';

type RewrittenContainer = { container: ContainerDocument; changes: Change[] };

/** One container of a launch: its overrides, over the job's secrets for its variables, and the run's mark over both. */
export function rewriteContainer(
  container: ContainerDocument,
  overrides: ContainerOverrides,
  secrets: readonly Secret[],
  mark: Mark,
): RewrittenContainer {
  const { name, properties } = container;
  const asked = variableOverrides(overrides);
  const restored = new Map(
    [...secretVariables(container, secrets)].filter(([variable]) => !asked.has(variable)),
  );
  const members = replacedMembers(container, overrides);
  return {
    container: {
      ...container,
      properties: {
        ...properties,
        ...members,
        environmentVariables: mergeEnvironmentVariables(
          properties.environmentVariables,
          new Map([...restored, ...asked, ...markVariables(mark).map(plainVariable)]),
        ),
      },
    },
    changes: [
      ...[...restored.keys()].map(
        (env): Change => ({ property: propertyOf({ container: name, env }), action: 'restore' }),
      ),
      ...[...asked].map(([variable, override]) => variableChange(container, variable, override)),
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

function plainVariable([name, value]: [string, string]): [string, VariableOverride] {
  return [name, { value }];
}

function variableChange(container: ContainerDocument, name: string, override: VariableOverride): Change {
  const live = container.properties.environmentVariables?.find((variable) => variable.name === name);
  return {
    property: propertyOf({ container: container.name, env: name }),
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

/** The job's secrets that are for variables of this container; one that Key Vault supplies by now is left to it. */
function secretVariables(
  container: ContainerDocument,
  secrets: readonly Secret[],
): Map<string, VariableOverride> {
  const variables = new Map<string, VariableOverride>();
  for (const secret of secrets) {
    if ('env' in secret && secret.container === container.name && secret.value !== undefined) {
      const live = container.properties.environmentVariables?.find(({ name }) => name === secret.env);
      if (!live?.secureValueReference) {
        variables.set(secret.env, { secureValue: secret.value });
      }
    }
  }
  return variables;
}
