import type { JsonObject } from '../aci/json.ts';
import type { DescribedApp, DescribedFunction, Words } from './model.ts';

/** The ways by which callers of an app prove who they are. */
export function securitySchemes({ easyAuth, credential }: DescribedApp): JsonObject {
  if (easyAuth) {
    return {
      entra: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          'A token of Microsoft Entra ID for this app’s own audience. The app role that an operation takes is assigned to the caller there.',
      },
    };
  }
  return {
    functionKey: {
      type: 'apiKey',
      in: 'header',
      name: 'x-functions-key',
      description: 'A key of the function, or of the whole app.',
    },
    functionCode: { type: 'apiKey', in: 'query', name: 'code', description: 'The same key in the URL.' },
    ...(credential === 'caller' && {
      armToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'The caller’s own token for Azure Resource Manager, whose roles decide what it may do.',
      },
    }),
  };
}

/** What one operation asks for: one of these, with all that is in it. */
export function securityOf(
  { access }: DescribedFunction,
  { asks }: Words,
  { easyAuth, credential }: DescribedApp,
): JsonObject[] {
  if (access === 'anonymous') {
    return [];
  }
  if (easyAuth) {
    return [{ entra: [] }];
  }
  const besides: JsonObject = asks !== undefined && credential === 'caller' ? { armToken: [] } : {};
  return [
    { functionKey: [], ...besides },
    { functionCode: [], ...besides },
  ];
}
