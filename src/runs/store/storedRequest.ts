import type { ContainerGroupId } from '../../aci/containerGroupId.ts';
import type { JsonValue } from '../../aci/json.ts';
import type { ContainerOverrides, LaunchOverrides } from '../../aci/plan/overrides.ts';
import { SealBroken, type Sealer } from '../sealing/sealer.ts';
import { partitionOf, requestKey } from './keys.ts';

/** What a run was asked to change. */
export type RequestedChanges = { overrides: LaunchOverrides; tags?: Record<string, string> };

/** The same as it is stored, with all that nobody may see sealed. */
export type StoredRequest = RequestedChanges & {
  /** The secure variables, sealed; erased when the run ends. */
  secrets?: string;
  /** Where to tell of the end, sealed; erased once that was told, or given up. */
  callbackUrl?: string;
};

type SecureVariables = {
  secureEnv?: Record<string, string>;
  containers?: Record<string, Record<string, string>>;
};

/** The request as it may be stored. @param sealer undefined only where there is nothing to seal. */
export function sealRequest(
  { overrides, tags, callbackUrl }: RequestedChanges & { callbackUrl?: string },
  group: ContainerGroupId,
  runId: string,
  sealer: Sealer | undefined,
): StoredRequest {
  const { plain, secure } = apart(overrides);
  const seal = (field: string, text: string) => {
    if (sealer === undefined) {
      throw new Error(`There is no secret to seal '${field}' with.`);
    }
    return sealer.seal(text, { partition: partitionOf(group), row: requestKey(runId), field });
  };
  return {
    overrides: plain,
    ...(tags && { tags }),
    ...(hasSecrets(overrides) && { secrets: seal('secrets', JSON.stringify(secure)) }),
    ...(callbackUrl !== undefined && { callbackUrl: seal('callbackUrl', callbackUrl) }),
  };
}

/** The changes with their secrets. @throws SealBroken */
export function openRequest(
  { overrides, tags, secrets }: StoredRequest,
  group: ContainerGroupId,
  runId: string,
  sealer: Sealer | undefined,
): RequestedChanges {
  const changes = { overrides, ...(tags && { tags }) };
  if (secrets === undefined) {
    return changes;
  }
  const place = { partition: partitionOf(group), row: requestKey(runId), field: 'secrets' };
  if (sealer === undefined) {
    throw new SealBroken(place.field);
  }
  const { secureEnv, containers } = JSON.parse(sealer.open(secrets, place)) as SecureVariables;
  const joined: Record<string, ContainerOverrides> = { ...overrides.containers };
  for (const [name, variables] of Object.entries(containers ?? {})) {
    joined[name] = { ...joined[name], secureEnv: variables };
  }
  return {
    ...changes,
    overrides: {
      ...overrides,
      ...(secureEnv && { secureEnv }),
      ...(overrides.containers && { containers: joined }),
    },
  };
}

/** The request without what its run does not need any more once it is over. */
export function withoutSecrets({ secrets: _, ...request }: StoredRequest): StoredRequest {
  return request;
}

/** Whether there is something in it that must not be stored in clear. */
export function hasSecrets({ secureEnv, containers }: LaunchOverrides): boolean {
  return [{ secureEnv }, ...Object.values(containers ?? {})].some(
    (overrides) => Object.keys(overrides.secureEnv ?? {}).length > 0,
  );
}

function apart({ secureEnv, containers, ...rest }: LaunchOverrides): {
  plain: LaunchOverrides;
  secure: SecureVariables & Record<string, JsonValue | undefined>;
} {
  const secureOf = Object.entries(containers ?? {}).flatMap(([name, overrides]) =>
    overrides.secureEnv ? [[name, overrides.secureEnv] as const] : [],
  );
  return {
    plain: {
      ...rest,
      ...(containers && {
        containers: Object.fromEntries(
          Object.entries(containers).map(([name, { secureEnv: _, ...overrides }]) => [name, overrides]),
        ),
      }),
    },
    secure: {
      ...(secureEnv && { secureEnv }),
      ...(secureOf.length > 0 && { containers: Object.fromEntries(secureOf) }),
    },
  };
}
