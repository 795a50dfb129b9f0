import { isObject, type JsonObject, type JsonValue } from '../aci/json.ts';
import { mapValues } from './mapValues.ts';
import { valueOfRef, withoutDeadRefs } from './schema.ts';
import { inWords, toSwaggerSchema } from './swaggerSchema.ts';

type Json31 = {
  info: JsonObject;
  servers: { url: string }[];
  tags: JsonObject[];
  paths: Record<string, Record<string, JsonValue>>;
  components: Record<
    'schemas' | 'parameters' | 'headers' | 'responses' | 'securitySchemes',
    Record<string, JsonObject>
  >;
};

/**
 * A document of ours in OpenAPI 3.1, in the words of 2.0 (https://spec.openapis.org/oas/v2.0), which is what custom connectors take. What 2.0
 * cannot say is left out: `4XX` becomes `default`, and of several content types, or ways to prove who one is, it has the first.
 */
export function swaggerDocument(openApi: JsonObject): JsonObject {
  const { info, servers, tags, paths, components } = openApi as unknown as Json31;
  const [{ url } = { url: '' }] = servers;
  const origin = URL.parse(url);
  const draft = {
    swagger: '2.0',
    info,
    ...(origin && { host: origin.host, schemes: [origin.protocol.slice(0, -1)] }),
    basePath: origin?.pathname ?? url,
    consumes: ['application/json'],
    produces: ['application/json'],
    tags,
    paths: mapValues(paths, (item) =>
      mapValues(item, (value, key) =>
        key === 'parameters' ? asParameters(value) : operation(value as JsonObject, openApi),
      ),
    ),
    definitions: mapValues(components.schemas, (schema) => toSwaggerSchema(schema, openApi)),
    parameters: mapValues(components.parameters, (each) => parameter(each, openApi)),
    responses: mapValues(components.responses, (each) => response(each, openApi)),
    securityDefinitions: mapValues(firstOnly(components.securitySchemes, paths), securityDefinition),
  } satisfies JsonObject;
  return {
    ...draft,
    definitions: mapValues(draft.definitions, (schema) => withoutDeadRefs(schema, draft) as JsonObject),
  };

  function asParameters(value: JsonValue): JsonValue {
    return (value as JsonObject[]).map((each) => parameter(each, openApi));
  }
}

function operation(
  { parameters = [], requestBody, responses, security, ...rest }: JsonObject,
  openApi: JsonObject,
): JsonObject {
  const answers = responses as Record<string, JsonObject>;
  const types = Object.values(answers).map(({ content }) => Object.keys(content ?? {})[0]);
  const [first] = security as JsonObject[];
  const body = isObject(requestBody) ? [bodyParameter(requestBody, openApi)] : [];
  const consumed = isObject(requestBody) ? Object.keys(requestBody['content'] as JsonObject) : [];
  return {
    ...rest,
    ...(consumed.length > 1 && { consumes: consumed }),
    ...(types.includes('text/plain') && { produces: ['text/plain', 'application/json'] }),
    parameters: [...(parameters as JsonObject[]).map((each) => parameter(each, openApi)), ...body],
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, each]) => [
        status === '4XX' ? 'default' : status,
        response(each, openApi),
      ]),
    ),
    security: first ? [first] : [],
  };
}

function parameter(each: JsonObject, openApi: JsonObject): JsonObject {
  if (typeof each['$ref'] === 'string') {
    return { $ref: each['$ref'].replace('#/components/parameters/', '#/parameters/') };
  }
  const { schema, ...rest } = each;
  const { title: _, ...converted } = toSwaggerSchema(schema ?? {}, openApi);
  return { ...rest, 'x-ms-summary': inWords(String(each['name'])), type: 'string', ...converted };
}

function bodyParameter({ required, content }: JsonObject, openApi: JsonObject): JsonObject {
  const [media] = Object.values(content as Record<string, { schema: JsonObject }>);
  return {
    name: 'body',
    in: 'body',
    required: required ?? false,
    'x-ms-summary': 'Body',
    schema: toSwaggerSchema(media?.schema ?? {}, openApi),
  };
}

function response(each: JsonObject, openApi: JsonObject): JsonObject {
  if (typeof each['$ref'] === 'string') {
    return { $ref: each['$ref'].replace('#/components/responses/', '#/responses/') };
  }
  const {
    description,
    headers = {},
    content,
  } = each as {
    description: string;
    headers?: Record<string, { $ref: string }>;
    content?: Record<string, { schema: JsonObject }>;
  };
  const [media] = Object.values(content ?? {});
  return {
    description,
    headers: mapValues(headers, ({ $ref }) => {
      const { schema, ...said } = valueOfRef(openApi, $ref) as JsonObject;
      return { ...said, ...toSwaggerSchema(schema ?? {}, openApi) };
    }),
    ...(media && { schema: toSwaggerSchema(media.schema, openApi) }),
  };
}

/** Only what operations ask for first is left to ask for. */
function firstOnly(schemes: Record<string, JsonObject>, paths: Json31['paths']): Record<string, JsonObject> {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  const asked = operations.flatMap((each) =>
    isObject(each) ? Object.keys((each['security'] as JsonObject[])[0] ?? {}) : [],
  );
  return Object.fromEntries(Object.entries(schemes).filter(([name]) => asked.includes(name)));
}

/**
 * A bearer token of Entra ID is what an OAuth flow ends with: which tenant, application and scope that takes is told to the connector, for
 * the app does not know them. Any other is a header as any other.
 */
function securityDefinition(
  { type, bearerFormat: _, scheme: __, ...rest }: JsonObject,
  name: string,
): JsonObject {
  if (name === 'entra') {
    const login = 'https://login.microsoftonline.com/organizations/oauth2/v2.0';
    return {
      ...rest,
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: `${login}/authorize`,
      tokenUrl: `${login}/token`,
      scopes: {},
    };
  }
  return type === 'http'
    ? { ...rest, type: 'apiKey', in: 'header', name: 'Authorization' }
    : { type: 'apiKey', ...rest };
}
