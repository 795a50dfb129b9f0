import type { HttpRequest } from '@azure/functions';
import type { DescribedApp } from '../openapi/model.ts';
import { openApiDocument } from '../openapi/openApiDocument.ts';
import { swaggerDocument } from '../openapi/swaggerDocument.ts';
import type { Collaborators } from './collaborators.ts';
import type { HttpFunction } from './http/endpoint.ts';
import { originOf } from './http/links.ts';
import * as appTriggers from './triggers/appTriggers.ts';
import { httpTriggers } from './triggers/httpTriggers.ts';

/** `GET openapi.json`: the app as OpenAPI 3.1. */
export function showOpenApi({ config }: Pick<Collaborators, 'config'>): HttpFunction {
  return {
    ...appTriggers.showOpenApi,
    async handler(request) {
      return { jsonBody: openApiDocument(described(request, config)) };
    },
  };
}

/** `GET swagger.json`: the same as OpenAPI 2.0, for custom connectors of Power Automate and Logic Apps. */
export function showSwagger({ config }: Pick<Collaborators, 'config'>): HttpFunction {
  return {
    ...appTriggers.showSwagger,
    async handler(request) {
      return { jsonBody: swaggerDocument(openApiDocument(described(request, config))) };
    },
  };
}

function described(
  request: HttpRequest,
  { arm, jobs, easyAuth, isLocal, publicOrigin }: Collaborators['config'],
): DescribedApp {
  const origin = originOf(request, publicOrigin);
  const functions = httpTriggers(jobs.values());
  return { functions, jobs, origin, easyAuth, isLocal, credential: arm.credential };
}
