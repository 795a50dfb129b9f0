const segment = '[^/]+';
const scopePattern = new RegExp(
  `^/subscriptions/${segment}(?:/resourceGroups/${segment}(?:/providers/Microsoft\\.ContainerInstance/containerGroups/${segment})?)?$`,
  'i',
);

/** Whether the text is an ARM scope that can hold container groups: a subscription, a resource group, or one group. */
export function isScope(text: string): boolean {
  return scopePattern.test(text);
}

/**
 * Whether a resource lies in one of the scopes, compared by whole segments ignoring case, as ARM compares ids:
 * `…/resourceGroups/jobs` holds nothing of `…/resourceGroups/jobs-prod`.
 * @param scopes undefined where nothing is held back.
 */
export function isInScopes(resourceId: string, scopes: readonly string[] | undefined): boolean {
  const resource = `${resourceId.toLowerCase()}/`;
  return scopes === undefined || scopes.some((scope) => resource.startsWith(`${scope.toLowerCase()}/`));
}
