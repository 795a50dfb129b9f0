import type { HttpRequest } from '@azure/functions';
import type { Config } from '../../config.ts';
import { type Refusal, refuseCrossSite } from '../../loopbackGuard.ts';
import { RequestRefused } from '../http/requestRefused.ts';
import { type Access, inWords } from './access.ts';
import { principalOf } from './principal.ts';

/**
 * Lets a request through to a function that its caller may call. With Easy Auth the platform lets everybody through, so that hooks and
 * results can be reached, and it is this that refuses; without it the platform has asked for the function's key.
 * @throws RequestRefused 401 without a principal, 403 for one that has none of the roles, or when a page of another site sent it with
 *   the cookie of somebody who is signed in.
 */
export function requireAccess(
  request: HttpRequest,
  access: Access,
  config: Pick<Config, 'easyAuth' | 'publicOrigin'>,
): void {
  if (access === 'anonymous' || !config.easyAuth) {
    return;
  }
  const principal = principalOf(request, config);
  if (!principal) {
    throw new RequestRefused({
      status: 401,
      code: 'PrincipalRequired',
      message:
        "Sign in with Entra ID: send Authorization: Bearer <token> with a token for this app's own audience, or open /.auth/login/aad in a browser.",
    });
  }
  const isSafe = request.method === 'GET' || request.method === 'HEAD';
  const refusal =
    isSafe || request.headers.has('authorization') ? undefined : refuseOtherSite(request, config);
  if (refusal) {
    throw new RequestRefused(refusal);
  }
  if (access !== 'signedIn' && !access.some((role) => principal.roles.includes(role))) {
    const who = principal.name ?? principal.appId ?? principal.objectId;
    throw new RequestRefused({
      status: 403,
      code: 'RoleRequired',
      message: `${who === undefined ? 'The caller' : `'${who}'`} has no app role that may do this: it takes ${inWords(access)}.`,
    });
  }
}

/** What a page of another site sent; a browser that does not say what kind of site that is says at least where it is from. */
function refuseOtherSite(
  { headers, url }: HttpRequest,
  { publicOrigin }: Pick<Config, 'publicOrigin'>,
): Refusal | undefined {
  const origin = headers.get('origin');
  if (origin === null || headers.has('sec-fetch-site')) {
    return refuseCrossSite((name) => headers.get(name) ?? undefined);
  }
  const own = [url, publicOrigin ?? url].map((each) => URL.parse(each)?.host);
  return own.includes(URL.parse(origin)?.host)
    ? undefined
    : { status: 403, code: 'OriginNotAllowed', message: `Origin '${origin}' is another site.` };
}

/** Whether a caller who was let through has one of these app roles; where there are none the function's key stands for all of them. */
export function hasAccess(
  request: HttpRequest,
  roles: readonly string[],
  config: Pick<Config, 'easyAuth'>,
): boolean {
  const principal = principalOf(request, config);
  return !config.easyAuth || roles.some((role) => principal?.roles.includes(role) ?? false);
}
