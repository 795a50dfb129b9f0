export type Claim = { typ: string; val: string };

export type GivenPrincipal = { roles?: readonly string[]; claims?: readonly Claim[]; over?: object };

/** What Easy Auth writes for a caller with these app roles: an application, with a token of version 1. */
export function principalHeader({ roles = [], claims = applicationClaims, over = {} }: GivenPrincipal = {}): {
  'x-ms-client-principal': string;
} {
  const principal = {
    auth_typ: 'aad',
    claims: [...claims, ...roles.map((val) => ({ typ: 'roles', val }))],
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
    role_typ: 'roles',
    ...over,
  };
  return { 'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64') };
}

export const applicationClaims: readonly Claim[] = [
  { typ: 'aud', val: 'api://33333333-4444-4555-8666-777777777777' },
  { typ: 'iss', val: 'https://sts.windows.net/99999999-8888-4777-8666-555555555555/' },
  { typ: 'appid', val: '22222222-3333-4444-8555-666666666666' },
  {
    typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier',
    val: '44444444-5555-4666-8777-888888888888',
  },
  {
    typ: 'http://schemas.microsoft.com/identity/claims/tenantid',
    val: '99999999-8888-4777-8666-555555555555',
  },
];

/** The same application, as runs and answers show it. */
export const application = {
  objectId: '44444444-5555-4666-8777-888888888888',
  tenantId: '99999999-8888-4777-8666-555555555555',
  appId: '22222222-3333-4444-8555-666666666666',
};
