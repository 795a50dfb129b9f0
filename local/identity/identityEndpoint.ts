import { randomUUID } from 'node:crypto';
import { identitySelectors, type Principal, selectPrincipal } from './principal.ts';
import type { Tokens } from './tokens.ts';

export type TokenRequest = {
  method: string;
  query: URLSearchParams;
  /** The X-IDENTITY-HEADER of the request. */
  identityHeader: string | undefined;
};

export type TokenAnswer = { status: number; headers?: Record<string, string>; body: object };

/**
 * App Service's managed identity endpoint, protocol 2019-08-01.
 *
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 * @param secret what X-IDENTITY-HEADER must hold: a web page that is made to call here cannot set it.
 */
export function createIdentityEndpoint(
  tokens: Tokens,
  secret: string,
): (request: TokenRequest) => TokenAnswer {
  const systemAssigned: Principal = { clientId: randomUUID(), objectId: randomUUID() };
  return ({ method, query, identityHeader }) => {
    if (method !== 'GET') {
      return refuseToken(405, `The method ${method} is not supported.`);
    }
    if (identityHeader === undefined) {
      return refuseToken(400, 'The header X-IDENTITY-HEADER is missing.');
    }
    if (identityHeader !== secret) {
      return refuseToken(401, 'The header X-IDENTITY-HEADER does not hold the value of IDENTITY_HEADER.');
    }
    if (query.get('api-version') !== '2019-08-01') {
      return refuseToken(400, "The query parameter 'api-version' must be 2019-08-01.");
    }
    const resource = query.get('resource');
    if (!resource) {
      return refuseToken(400, "The query parameter 'resource' is missing.");
    }
    const selected = identitySelectors.flatMap((selector) => {
      const value = query.get(selector);
      return value === null ? [] : [selectPrincipal(selector, value)];
    });
    if (selected.length > 1) {
      return refuseToken(400, `At most one of ${identitySelectors.join(', ')} can name the identity.`);
    }
    const principal = selected[0] ?? systemAssigned;
    const { token, expiresOn } = tokens.mint({ resource, principal });
    return {
      status: 200,
      body: {
        access_token: token,
        // App Service sends the seconds as text.
        expires_on: String(expiresOn),
        resource,
        token_type: 'Bearer',
        client_id: principal.clientId,
      },
    };
  };
}

/** The identity endpoint's own envelope for an error. */
export function refuseToken(statusCode: number, message: string): TokenAnswer {
  return { status: statusCode, body: { statusCode, message, correlationId: randomUUID() } };
}
