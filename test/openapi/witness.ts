import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isObject, type JsonObject, type JsonValue } from '../../src/aci/json.ts';
import { valueOfRef } from '../../src/openapi/schema.ts';
import { type Operation, operationsIn } from './describedApp.ts';

export type Sent = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
};
export type Answered = { status: number; headers: Headers; text: string };

/** What somebody who holds the document in hand says of a request and its answer. */
export type Verdict = {
  operationId: string;
  /** What the document says against the request; nothing, when the request is as it asks. */
  request: string[];
  /** What in the answer is not as the document tells. */
  answer: string[];
};

/** The headers of ours that callers act on; the document must tell of each. */
const telling =
  /^(?:location|operation-location|retry-after|preference-applied|idempotent-replayed|www-authenticate|allow|webhook-.*|x-ms-error-code|x-ms-request-id)$/;

/** Judges requests and answers by an OpenAPI 3.1 document. Answers may have nothing that it does not tell of. */
export function createWitness(openApi: JsonObject): (sent: Sent, answered: Answered) => Verdict {
  const operations = operationsIn(openApi);
  const asSent = compilerOf(openApi, (value) => value);
  const asTold = compilerOf(openApi, closed);
  const [{ url: base } = { url: '' }] = openApi['servers'] as { url: string }[];

  return (sent, answered) => {
    const url = new URL(sent.path, base);
    const path = url.pathname.slice(new URL(base).pathname.length);
    const { operation, values } = found(operations, sent.method, path);
    return {
      operationId: operation.operationId,
      request: requestFaults(operation, values, url, sent),
      answer: answerFaults(operation, answered),
    };
  };

  function requestFaults(
    operation: Operation,
    values: Record<string, string>,
    url: URL,
    { headers, body }: Sent,
  ): string[] {
    const places: Record<string, (name: string) => string | null> = {
      path: (name) => values[name] ?? null,
      query: (name) => url.searchParams.get(name),
      header: (name) => new Headers(headers).get(name),
    };
    const parameters = [...itemParameters(openApi, operation.path), ...(operation.parameters ?? [])].map(
      (each) => inFull(openApi, each) as { name: string; in: string; required?: boolean; schema: JsonObject },
    );
    const content = operation.requestBody?.content ?? {};
    const [type = ''] = (headers['content-type'] ?? '').split(';');
    return [
      ...parameters.flatMap(({ name, in: place, required, schema }) => {
        const text = places[place]?.(name) ?? null;
        if (text === null) {
          return required ? [`${place} ${name} is missing`] : [];
        }
        return asSent(schema)(typedAs(schema, text)).map((fault) => `${place} ${name}: ${fault}`);
      }),
      ...[...url.searchParams.keys()]
        .filter((name) => !parameters.some((each) => each.in === 'query' && each.name === name))
        .map((name) => `query ${name} is not known`),
      ...(body === undefined && operation.requestBody?.required ? ['the body is missing'] : []),
      ...(body === undefined ? [] : bodyFaults(content, type, body, asSent)),
    ];
  }

  function answerFaults(operation: Operation, { status, headers, text }: Answered): string[] {
    const told = operation.responses[status] ?? operation.responses[`${String(status).charAt(0)}XX`];
    if (told === undefined) {
      return [`status ${status} is not told of: ${text.slice(0, 300)}`];
    }
    const response = inFull(openApi, told) as {
      headers?: Record<string, JsonObject>;
      content?: Record<string, { schema: JsonObject }>;
    };
    const names = Object.keys(response.headers ?? {});
    const silent = [...headers.keys()].filter(
      (name) => telling.test(name) && !names.some((each) => each.toLowerCase() === name),
    );
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    return [
      ...silent.map((name) => `${status}: the header ${name} is not told of`),
      ...names.flatMap((name) => {
        const { schema } = inFull(openApi, response.headers?.[name] ?? {}) as { schema: JsonObject };
        const value = headers.get(name);
        return value === null
          ? []
          : asTold(schema)(typedAs(schema, value)).map((fault) => `${status} ${name}: ${fault}`);
      }),
      ...(response.content === undefined
        ? text === ''
          ? []
          : [`${status}: a body is not told of: ${text.slice(0, 300)}`]
        : bodyFaults(response.content, type, text, asTold).map((fault) => `${status}: ${fault}`)),
    ];
  }
}

function bodyFaults(
  content: Record<string, { schema: JsonObject }>,
  type: string,
  text: string,
  compile: (schema: JsonObject) => (value: unknown) => string[],
): string[] {
  const media = content[type];
  if (media === undefined) {
    return [`a body of type '${type}' is not told of`];
  }
  if (type === 'text/plain') {
    return compile(media.schema)(text);
  }
  try {
    return compile(media.schema)(JSON.parse(text));
  } catch {
    return [`the body is not JSON: ${text.slice(0, 300)}`];
  }
}

/** A path without parameters comes before one with them. */
function found(operations: readonly Operation[], method: string, path: string) {
  const matching = operations
    .map((operation) => ({ operation, values: matched(operation.path, path) }))
    .filter(
      (each): each is { operation: Operation; values: Record<string, string> } => each.values !== undefined,
    )
    .sort((one, other) => Object.keys(one.values).length - Object.keys(other.values).length);
  const [best] = matching;
  const here = matching.find(
    ({ operation }) => operation.path === best?.operation.path && operation.method === method.toLowerCase(),
  );
  if (here === undefined) {
    throw new Error(`The document tells nothing of ${method} ${path}.`);
  }
  return here;
}

function matched(template: string, path: string): Record<string, string> | undefined {
  const pattern = template.replaceAll(/[.]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const groups = new RegExp(`^${pattern}$`).exec(path);
  return groups === null
    ? undefined
    : Object.fromEntries(
        Object.entries(groups.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
      );
}

function itemParameters(openApi: JsonObject, path: string): JsonObject[] {
  const item = (openApi['paths'] as Record<string, { parameters?: JsonObject[] }>)[path];
  return item?.parameters ?? [];
}

function inFull(openApi: JsonObject, value: JsonObject): JsonObject {
  return typeof value['$ref'] === 'string' ? (valueOfRef(openApi, value['$ref']) as JsonObject) : value;
}

function typedAs({ type }: JsonObject, text: string): JsonValue {
  if ((type === 'integer' || type === 'number') && /^-?\d+(?:\.\d+)?$/.test(text)) {
    return Number(text);
  }
  return type === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : text;
}

/** Compiles schemas that refer to the components of the document, each changed like those. */
function compilerOf(openApi: JsonObject, change: (schema: JsonValue) => JsonValue) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const { schemas } = openApi['components'] as { schemas: JsonObject };
  ajv.addSchema({ $id: 'app:', components: { schemas: change(schemas) as JsonObject } });
  const compiled = new Map<string, (value: unknown) => string[]>();
  return (schema: JsonObject) => {
    const key = JSON.stringify(schema);
    const known = compiled.get(key);
    if (known) {
      return known;
    }
    const validate = ajv.compile(
      JSON.parse(
        JSON.stringify(change(schema)).replaceAll('"#/components', '"app:#/components'),
      ) as JsonObject,
    );
    const judge = (value: unknown) =>
      validate(value)
        ? []
        : (validate.errors ?? []).map(
            ({ instancePath, message, params }) => `'${instancePath}' ${message} ${JSON.stringify(params)}`,
          );
    compiled.set(key, judge);
    return judge;
  };
}

/** Schemas of answers are open, since members may come; now none may be there that they do not tell of. */
function closed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(closed);
  }
  if (!isObject(value)) {
    return value;
  }
  const inner = Object.fromEntries(Object.entries(value).map(([name, each]) => [name, closed(each)]));
  return inner['type'] === 'object' &&
    isObject(inner['properties']) &&
    inner['additionalProperties'] === undefined
    ? { ...inner, additionalProperties: false }
    : inner;
}
