import type { HttpRequest } from '@azure/functions';
import type { JsonValue } from '../../aci/json.ts';
import type { Config } from '../../config.ts';
import type { StartedBy } from '../../runs/run.ts';

/** Who Entra says that the caller is: a user, or an application. */
export type Principal = {
  objectId?: string;
  tenantId?: string;
  /** The application that got the token. */
  appId?: string;
  name?: string;
  /** The app roles that somebody assigned to it. */
  roles: readonly string[];
};

const claimsOf = {
  objectId: ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'],
  tenantId: ['http://schemas.microsoft.com/identity/claims/tenantid', 'tid'],
  appId: ['appid', 'azp'], // tokens of version 1, of version 2
  name: ['preferred_username', 'name'],
  roles: ['roles', 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role'],
} as const;

/** A name is for people to read, and goes into rows and answers: no longer than this. */
const mostLetters = 256;

/**
 * The principal that Easy Auth found in the caller's token. Where the platform does not say that Easy Auth is on, nobody has taken that
 * header off requests, and anybody may have written it: there is none.
 * @returns undefined also when the header is not as Easy Auth writes it for Entra ID:
 *   https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities.
 */
export function principalOf(
  { headers }: Pick<HttpRequest, 'headers'>,
  { easyAuth }: Pick<Config, 'easyAuth'>,
): Principal | undefined {
  const header = easyAuth ? headers.get('x-ms-client-principal') : null;
  const decoded = header === null ? undefined : decode(header);
  if (decoded?.['auth_typ'] !== 'aad' || !Array.isArray(decoded['claims'])) {
    return undefined;
  }
  const claims = decoded['claims'].filter(isClaim);
  const values = (types: readonly unknown[]) =>
    types.flatMap((type) => claims.filter(({ typ }) => typ === type).map(({ val }) => val));
  const principal = {
    objectId: values(claimsOf.objectId)[0],
    tenantId: values(claimsOf.tenantId)[0],
    appId: values(claimsOf.appId)[0],
    name: values([decoded['name_typ'], ...claimsOf.name])[0]?.slice(0, mostLetters),
  };
  return {
    ...Object.fromEntries(Object.entries(principal).filter(([, value]) => value !== undefined)),
    roles: [...new Set(values([decoded['role_typ'], ...claimsOf.roles]))],
  };
}

/** What asks for a run, such as `POST jobs/nightly/runs`, and who, where that is known. */
export function startedBy(
  via: string,
  request: Pick<HttpRequest, 'headers'>,
  config: Pick<Config, 'easyAuth'>,
): StartedBy {
  const { roles: _, ...principal } = principalOf(request, config) ?? { roles: [] };
  return { via, ...(Object.keys(principal).length > 0 && { principal }) };
}

function decode(header: string): { [name: string]: JsonValue } | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(header)) {
    return undefined; // two headers come joined by a comma: nobody can say whose is whose
  }
  try {
    const decoded = JSON.parse(Buffer.from(header, 'base64').toString('utf8')) as JsonValue;
    return typeof decoded === 'object' && decoded !== null && !Array.isArray(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function isClaim(claim: JsonValue): claim is { typ: string; val: string } {
  return (
    typeof claim === 'object' &&
    claim !== null &&
    !Array.isArray(claim) &&
    typeof claim['typ'] === 'string' &&
    typeof claim['val'] === 'string'
  );
}
