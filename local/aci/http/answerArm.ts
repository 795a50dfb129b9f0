import type { Tokens } from '../../identity/tokens.ts';
import { invalidRequestUri, invalidResourceType } from '../armErrors.ts';
import type { Outcome } from '../faults/performFault.ts';
import type { FaultContext } from '../faults/recordedErrors.ts';
import type { Cloud } from '../routes/cloud.ts';
import { matchRoute, splitPath } from '../routes/matchRoute.ts';
import { routes } from '../routes/table.ts';
import { refuse } from './answer.ts';
import { authenticate } from './authenticate.ts';
import type { Befall } from './befall.ts';
import type { GuardedRequest } from './createHandler.ts';
import { previousAnswer, type RoutedRequest, serveArm } from './serveArm.ts';

/** Answers a request to ARM: who sends it and where it goes, then the fault that befalls it, and only then the rest. */
export async function answerArm(
  { cloud, tokens, befall }: { cloud: Cloud; tokens: Tokens; befall: Befall },
  { method, path, query, header, origin, body }: GuardedRequest,
): Promise<Outcome> {
  const caller = authenticate(header('authorization'), tokens);
  if ('error' in caller) {
    return refuse(caller.error);
  }
  const segments = splitPath(path);
  if (!segments) {
    return refuse(invalidRequestUri());
  }
  const match = matchRoute(routes, method, segments);
  if (!match) {
    return refuse(invalidResourceType(path));
  }
  const apiVersion = query.get('api-version')?.toLowerCase();
  const { principal } = caller;
  const request = { ...match, principal, apiVersion, content: { path, query, origin, body } };
  return befall(
    { method, path: `/${segments.join('/')}`, principal },
    {
      effect: () => serveArm(cloud, request),
      refuse,
      previous: () => previousAnswer(cloud, match),
      context: contextOf(request),
    },
  );
}

function contextOf({ principal, route, params }: RoutedRequest): FaultContext {
  const { subscriptionId = '', resourceGroup, name } = params;
  const group = name === undefined ? '' : `/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
  const owner = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}${group}`;
  return {
    principal,
    action: route.action,
    scope: `/subscriptions/${subscriptionId}${owner}`,
    subscriptionId,
    resourceGroup: resourceGroup ?? '',
    name: name ?? '',
  };
}
