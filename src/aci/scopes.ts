import { containerGroupIdFaults } from './containerGroupId.ts';
import { foldCase } from './foldCase.ts';

const scopePattern =
  /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(?:\/providers\/Microsoft\.ContainerInstance\/containerGroups\/([^/]+))?)?$/i;

/** Whether the text is an ARM scope that can hold container groups: a subscription, a resource group, or one group. */
export function isScope(text: string): boolean {
  const [, subscriptionId, resourceGroup = 'any', name = 'any'] = scopePattern.exec(text) ?? [];
  return (
    subscriptionId !== undefined &&
    containerGroupIdFaults({ subscriptionId, resourceGroup, name }).length === 0
  );
}

/**
 * Whether a resource lies in one of the scopes, compared by whole segments ignoring case, as ARM compares ids:
 * `…/resourceGroups/jobs` holds nothing of `…/resourceGroups/jobs-prod`.
 * @param scopes undefined where nothing is held back.
 */
export function isInScopes(resourceId: string, scopes: readonly string[] | undefined): boolean {
  const resource = `${foldCase(resourceId)}/`;
  return scopes === undefined || scopes.some((scope) => resource.startsWith(`${foldCase(scope)}/`));
}

/** Where container groups can be listed: a subscription, or one resource group of it. */
export type ListScope = { subscriptionId: string; resourceGroup?: string | undefined };

/** The scope's ARM id. */
export function scopePath({ subscriptionId, resourceGroup }: ListScope): string {
  return `/subscriptions/${subscriptionId}${resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`}`;
}

/**
 * The scopes to list so that every group in one of `scopes` is found once: one that lies in another is left out. For the scope of
 * a single group its resource group is listed.
 */
export function listScopesOf(scopes: readonly string[]): ListScope[] {
  const wanted = scopes.map((scope) => {
    const [, , subscriptionId = '', , resourceGroup] = foldCase(scope).split('/');
    return { subscriptionId, resourceGroup };
  });
  const paths = new Map(wanted.map((scope) => [scopePath(scope), scope]));
  return [...paths]
    .filter(([path]) => ![...paths.keys()].some((other) => path.startsWith(`${other}/`)))
    .map(([, scope]) => scope);
}
