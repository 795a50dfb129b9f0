import type { ContainerGroupDocument } from '../document.ts';
import type { Fault } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { secureVariableProperties, writeOnlyProperties } from '../properties.ts';
import { nameOf, type Trail, updateParents, valuesAt } from '../propertyPaths.ts';
import type { Change } from './change.ts';
import { isBare } from './environmentVariables.ts';

/** Which value that ARM never returns a secret is for. */
export type SecretPlace =
  | { container: string; env: string }
  | { registry: string }
  | { volume: string; key?: string }
  | { workspace: 'key' | 'resourceId' };

/** A value to put back. Undefined says that the group has none: for a workspace's resource id alone. */
export type Secret = SecretPlace & { value: string | undefined };

type SecretFile = Secret & { volume: string; key: string };

type Restored = {
  document: ContainerGroupDocument;
  changes: Change[];
  /** One for each value that nobody supplied. */
  missing: Fault[];
  /** The secrets that the group had a place for. */
  used: ReadonlySet<Secret>;
};

/**
 * Puts back what ARM never returns, variables apart, wherever the document shows that it is gone.
 */
export function restoreSecrets(live: ContainerGroupDocument, secrets: readonly Secret[]): Restored {
  const changes: Change[] = [];
  const missing: Fault[] = [];
  const used = new Set<Secret>();
  let document = live;
  for (const { secret: kind, path, instead } of writeOnlyProperties) {
    document = updateParents(document, path, (parent, member, trail) => {
      if (kind === 'volumeKey') {
        return restoreVolumeKeys(parent, trail);
      }
      if ([member, ...instead].some((name) => isPresent(parent, name))) {
        return parent;
      }
      const place = placeOf(kind, trail);
      const secret = secrets.find((candidate) => isSamePlace(candidate, place));
      if (secret === undefined) {
        missing.push(missingSecret(place));
        return parent;
      }
      used.add(secret);
      if (secret.value !== undefined) {
        changes.push({ property: propertyOf(place), action: 'restore' });
        return { ...parent, [member]: secret.value };
      }
      return parent;
    });
  }
  return { document, changes, missing, used };

  function restoreVolumeKeys(parent: JsonObject, trail: Trail): JsonObject {
    const volume = nameOf(trail);
    const keys = secrets
      .filter((secret) => isFileOf(secret, volume))
      .filter(({ key }) => !isPresent(parent, key));
    if (Object.keys(parent).length === 0 && keys.length === 0) {
      missing.push(missingSecret({ volume, key: '<file name>' }));
    }
    for (const key of keys) {
      used.add(key);
    }
    changes.push(
      ...keys.map(({ key }): Change => ({ property: propertyOf({ volume, key }), action: 'restore' })),
    );
    return { ...parent, ...Object.fromEntries(keys.map(({ key, value }) => [key, value ?? ''])) };
  }
}

/** A fault for each secure variable that the document names without its value. */
export function missingVariables(document: ContainerGroupDocument): Fault[] {
  return secureVariableProperties.flatMap((path) =>
    valuesAt(document, path.replace('[].secureValue', '')).flatMap(({ value, trail }) => {
      const container = nameOf(trail);
      return (value as { name: string }[])
        .filter(isBare)
        .map((variable) => missingSecret({ container, env: variable.name }));
    }),
  );
}

/** ACI's path of the property that a secret is for, by names. */
export function propertyOf(place: SecretPlace): string {
  if ('env' in place) {
    return `containers['${place.container}'].environmentVariables['${place.env}']`;
  }
  if ('registry' in place) {
    return `imageRegistryCredentials['${place.registry}'].password`;
  }
  if ('workspace' in place) {
    return place.workspace === 'key'
      ? 'diagnostics.logAnalytics.workspaceKey'
      : 'diagnostics.logAnalytics.workspaceResourceId';
  }
  return place.key === undefined
    ? `volumes['${place.volume}'].azureFile.storageAccountKey`
    : `volumes['${place.volume}'].secret['${place.key}']`;
}

/** Whether two secrets are for the same value. */
export function isSamePlace(one: SecretPlace, other: SecretPlace): boolean {
  return identityOf(one) === identityOf(other);
}

/** Registry servers are host names: case does not tell them apart. */
function identityOf(place: SecretPlace): string {
  return propertyOf('registry' in place ? { registry: place.registry.toLowerCase() } : place);
}

function isFileOf(secret: Secret, volume: string): secret is SecretFile {
  return isSecretFile(secret) && secret.volume === volume;
}

/** Whether the secret is a file of a secret volume. */
export function isSecretFile(secret: Secret): secret is SecretFile {
  return 'volume' in secret && secret.key !== undefined;
}

function missingSecret(place: SecretPlace): Fault {
  const property = propertyOf(place);
  const entry = JSON.stringify({ ...place, from: 'setting:NAME' })
    .replaceAll('":', '": ')
    .replaceAll(',"', ', "');
  const supply = `put ${entry} into the job's secrets`;
  if ('env' in place) {
    return fault(
      `'${place.env}' of container '${place.container}' is a secure variable: ${supply}, send it as secureEnv, or have the group take it from Key Vault by secureValueReference.`,
    );
  }
  if ('registry' in place) {
    return fault(
      `The password for registry '${place.registry}' is not returned: ${supply}, or have the group use an identity or a passwordReference.`,
    );
  }
  if ('workspace' in place) {
    return fault(
      place.workspace === 'key'
        ? `The key of the Log Analytics workspace is not returned: ${supply}.`
        : `Whether the group names the resource id of its Log Analytics workspace is not returned: ${supply}, or "from": "none" when it names none.`,
    );
  }
  return fault(
    place.key === undefined
      ? `The storage account key of volume '${place.volume}' is not returned: ${supply}, or use a storageAccountKeyReference or an identity.`
      : `The files of secret volume '${place.volume}' are not returned: ${supply} for each of them, or use a secretReference volume.`,
  );

  function fault(message: string): Fault {
    return { code: 'SecretRequired', target: property, message };
  }
}

function placeOf(
  kind: Exclude<(typeof writeOnlyProperties)[number]['secret'], 'volumeKey'>,
  trail: Trail,
): SecretPlace {
  switch (kind) {
    case 'registry':
      return { registry: String(trail.at(-1)?.['server']) };
    case 'volume':
      return { volume: nameOf(trail) };
    case 'workspaceKey':
      return { workspace: 'key' };
    case 'workspaceResourceId':
      return { workspace: 'resourceId' };
  }
}

function isPresent(parent: JsonObject, member: string): boolean {
  const value = Object.hasOwn(parent, member) ? parent[member] : undefined;
  return value !== undefined && value !== null && value !== '';
}
