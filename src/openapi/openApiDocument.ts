import type { JsonObject } from '../aci/json.ts';
import { headers } from './headers.ts';
import { jobSchemas } from './jobSchemas.ts';
import { mapValues } from './mapValues.ts';
import type { Answer, Body, DescribedApp, DescribedFunction, Parameter } from './model.ts';
import { type Operation, operationsOf } from './operationsOf.ts';
import { parameters } from './parameters.ts';
import { type Refusal, refusalsOf } from './refusals.ts';
import { sharedSchemas } from './schemas.ts';
import { securityOf, securitySchemes } from './security.ts';
import { sharedAnswers } from './sharedAnswers.ts';

/** As in package.json; a test says so. */
export const version = '0.1.0';

/** The app, as OpenAPI 3.1.1 (https://spec.openapis.org/oas/v3.1.1.html), with Microsoft's extensions for connectors. */
export function openApiDocument(app: DescribedApp): JsonObject {
  const operations = operationsOf(app).map((operation) => ({
    ...operation,
    refusals: refusalsOf(operation.words, operation.function, app),
  }));
  const responses = operations.flatMap(({ refusals }) =>
    refusals.map(({ name, answer }) => [name, answer] as const),
  );
  const paths = Map.groupBy(operations, ({ path }) => path);
  const schemas = Object.assign(sharedSchemas(), ...[...app.jobs.values()].map(jobSchemas)) as JsonObject;
  return {
    openapi: '3.1.1',
    info: {
      title: 'Job launcher for Azure Container Instances',
      version,
      description:
        'POST JSON, and an existing container group of Azure Container Instances runs with it. Every answer of the app has an x-ms-request-id, and an x-ms-client-request-id where the request had one.',
    },
    servers: [{ url: `${app.origin}/api` }],
    tags: ['Runs', 'Jobs', 'Container groups', 'App'].map((name) => ({ name })),
    paths: Object.fromEntries([...paths].map(([path, here]) => [path, pathItem(path, here, app)])),
    components: {
      schemas,
      parameters: parameters as unknown as JsonObject,
      headers: headers as JsonObject,
      responses: {
        ...mapValues(sharedAnswers, (answer) => response(answer)),
        ...Object.fromEntries(responses),
      },
      securitySchemes: securitySchemes(app),
    },
  };
}

type Refusing = Operation & { refusals: readonly Refusal[] };

function pathItem(path: string, operations: readonly Refusing[], app: DescribedApp): JsonObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    ...(names.length > 0 && { parameters: names.map(parameterRef) }),
    ...Object.fromEntries(operations.map((each) => [each.method.toLowerCase(), describe(each, app)])),
  };
}

function describe({ function: own, operationId, words, refusals }: Refusing, app: DescribedApp): JsonObject {
  const { summary, description, tag, visibility, body, answers } = words;
  const said = [description, rolesIn(own, app)].filter((sentence) => sentence !== undefined).join(' ');
  return {
    operationId,
    summary,
    ...(said !== '' && { description: said }),
    tags: [tag],
    'x-ms-visibility': visibility,
    ...(words.parameters && { parameters: words.parameters.map(parameterRef) }),
    ...(body && { requestBody: requestBody(body) }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, answer]) => [
          status,
          typeof answer === 'string' ? responseRef(answer) : response(answer),
        ]),
      ),
      ...Object.fromEntries(refusals.map(({ status, name }) => [status, responseRef(name)])),
    },
    security: securityOf(own, words, app),
  };
}

function rolesIn({ access }: DescribedFunction, { easyAuth }: DescribedApp): string | undefined {
  return easyAuth && access !== 'anonymous' && access !== 'signedIn'
    ? `Takes the app role ${access.join(' or ')}.`
    : undefined;
}

function parameterRef(parameter: string | Parameter): JsonObject {
  return typeof parameter === 'string' ? { $ref: `#/components/parameters/${parameter}` } : parameter;
}

function requestBody({ schema, required, types = ['application/json'] }: Body): JsonObject {
  const content = { schema: typeof schema === 'string' ? schemaRef(schema) : schema };
  return { required, content: Object.fromEntries(types.map((type) => [type, content])) };
}

function response({ description, schema, text, headers: names = [] }: Answer): JsonObject {
  return {
    description,
    headers: Object.fromEntries(
      ['x-ms-request-id', ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    ...(schema && {
      content: {
        ...(text && { 'text/plain': { schema: { type: 'string' } } }),
        'application/json': { schema: schemaRef(schema) },
      },
    }),
  };
}

function responseRef(name: string): JsonObject {
  return { $ref: `#/components/responses/${name}` };
}

function schemaRef(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}
