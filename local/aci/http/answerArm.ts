import type { Tokens } from '../../identity/tokens.ts';
import { contentTooLarge, invalidRequestUri, invalidResourceType } from '../armErrors.ts';
import { refuseApiVersion } from '../routes/apiVersions.ts';
import { matchRoute, splitPath } from '../routes/matchRoute.ts';
import type { Route } from '../routes/route.ts';
import { type Answer, refuse } from './answer.ts';
import { refuseUnauthenticated } from './authenticate.ts';
import { maxContentBytes } from './readBody.ts';

export type IncomingArmRequest = {
  method: string;
  /** As it came, percent-encoded. */
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  origin: string;
  /** Undefined when it was over the limit. */
  body: Buffer | undefined;
};

/** Answers a request to ARM in the order in which ARM looks at one: who, what, which version, and only then the rest. */
export async function answerArm(
  { routes, tokens }: { routes: readonly Route[]; tokens: Tokens },
  { method, path, query, authorization, origin, body }: IncomingArmRequest,
): Promise<Answer> {
  const unauthenticated = refuseUnauthenticated(authorization, tokens);
  if (unauthenticated) {
    return unauthenticated;
  }
  const segments = splitPath(path);
  if (!segments) {
    return refuse(invalidRequestUri());
  }
  const match = matchRoute(routes, method, segments);
  if (!match) {
    return refuse(invalidResourceType(path));
  }
  const apiVersion = query.get('api-version')?.toLowerCase() ?? null;
  const wrongVersion = refuseApiVersion(apiVersion, match.route.api);
  if (wrongVersion || apiVersion === null) {
    return wrongVersion ? refuse(wrongVersion) : refuse(invalidRequestUri());
  }
  return body
    ? match.route.handle({ params: match.params, query, apiVersion, body, origin })
    : refuse(contentTooLarge(maxContentBytes));
}
