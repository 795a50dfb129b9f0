import type { Principal } from '../../identity/principal.ts';
import { contentTooLarge } from '../armErrors.ts';
import { refuseApiVersion } from '../routes/apiVersions.ts';
import type { Cloud } from '../routes/cloud.ts';
import type { Match } from '../routes/matchRoute.ts';
import { getContainerGroup } from '../routes/readContainerGroups.ts';
import type { ArmRequest, Route } from '../routes/route.ts';
import { type Answer, refuse } from './answer.ts';
import { maxContentBytes } from './readBody.ts';

/** A request to ARM whose route and caller are known; its body is undefined when it was over the limit. */
export type RoutedRequest = Match<Route> & {
  principal: Principal;
  apiVersion: string | undefined;
  content: Omit<ArmRequest, 'params' | 'apiVersion' | 'body'> & { body: Buffer | undefined };
};

/** Does what a request asks for, in the order in which ARM looks at one: which version, how often, and then what. */
export async function serveArm(cloud: Cloud, request: RoutedRequest): Promise<Answer> {
  const { route, params, principal, apiVersion, content } = request;
  const wrongVersion = refuseApiVersion(apiVersion, route.api);
  if (wrongVersion) {
    return refuse(wrongVersion);
  }
  const isGroup = params['name'] !== undefined && params['container'] === undefined;
  const throttled = cloud.throttle.take({
    method: route.method,
    subscriptionId: params['subscriptionId'],
    principal,
    action: route.action,
    isResourceRequest: isGroup && (route.method === 'PUT' || route.method === 'DELETE'),
  });
  if (throttled.error) {
    return withHeaders(throttled.headers, refuse(throttled.error));
  }
  const { body, ...rest } = content;
  if (!body) {
    return withHeaders(throttled.headers, refuse(contentTooLarge(maxContentBytes)));
  }
  const armRequest: ArmRequest = { ...rest, body, params, apiVersion: apiVersion ?? '' };
  const before = isGroup && route.method !== 'GET' ? getContainerGroup(cloud, armRequest) : undefined;
  const answer = await route.handle(cloud, armRequest);
  if (before && answer.status < 300) {
    cloud.previousAnswers.set(groupKey(params), before);
  }
  return withHeaders(throttled.headers, answer);
}

/** What GET answered of the group that a path names before the last write to it. */
export function previousAnswer(
  { previousAnswers }: Cloud,
  { route, params }: Match<Route>,
): Answer | undefined {
  return route.handle === getContainerGroup ? previousAnswers.get(groupKey(params)) : undefined;
}

function groupKey({ subscriptionId, resourceGroup, name }: Record<string, string>): string {
  return [subscriptionId, resourceGroup, name].join('/').toLowerCase();
}

function withHeaders(headers: Record<string, string>, answer: Answer): Answer {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
