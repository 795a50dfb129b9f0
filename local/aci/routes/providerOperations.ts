import type { Answer } from '../http/answer.ts';
import type { Route } from './route.ts';

/** GET of what can be done with the provider, as role definitions name it; [U] the words of the descriptions. */
export function listProviderOperations(routes: readonly Route[]): Answer {
  const provider = 'Microsoft.ContainerInstance';
  const actions = new Set(routes.map(({ action }) => action).filter((one) => one.startsWith(`${provider}/`)));
  const value = [...actions].map((name) => {
    const [, ...resource] = name.replace(/\/action$/, '').split('/');
    const operation = resource.pop() ?? '';
    return {
      name,
      display: {
        provider,
        resource: resource.join('/'),
        operation,
        description: `${operation} ${resource.join(' ')}`,
      },
      origin: 'User',
    };
  });
  return { status: 200, body: { value } };
}
