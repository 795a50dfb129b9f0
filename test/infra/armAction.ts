/**
 * The action that Azure asks a caller's role for: the resource type in the path and what is done to it, which is how resource providers
 * name their actions (https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations).
 */
export function armAction(method: string, path: string): string {
  const [, scope = '', provider] = /^(.*)\/providers\/([^/]+\/.+)$/i.exec(path) ?? [undefined, path];
  const segments = (provider ?? `Microsoft.Resources${scope}`).split('/');
  const [namespace, ...rest] = segments;
  const types = rest.filter((_, index) => index % 2 === 0);
  if (method === 'POST') {
    return `${namespace}/${types.join('/')}/action`;
  }
  const verb = { GET: 'read', PUT: 'write', PATCH: 'write', DELETE: 'delete' }[method];
  return `${namespace}/${types.join('/')}/${verb}`;
}
