import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject, JsonValue } from '../../src/aci/json.ts';
import { valueOfRef } from '../../src/openapi/schema.ts';
import { type Described, type Operation, operationsIn } from './describedApp.ts';

/** Everything that is wrong with the two documents of an app, in words; nothing, when both are as their specifications say. */
export async function faultsOf({ openApi, swagger }: Described): Promise<string[]> {
  return [
    ...(await specificationFaults(openApi)),
    ...(await specificationFaults(swagger)),
    ...[openApi, swagger].flatMap((document) => [
      ...deadRefs(document, document),
      ...duplicates(operationsIn(document).map(({ operationId }) => operationId)).map(
        (id) => `operationId ${id} is there twice`,
      ),
      ...operationsIn(document).flatMap((operation) => parameterFaults(operation, document)),
      ...pathFaults(document),
    ]),
    ...schemaFaults(openApi),
  ];
}

const validator = new Validator(); // it keeps what it has compiled

async function specificationFaults(document: JsonObject): Promise<string[]> {
  const { valid, errors } = await validator.validate(structuredClone(document));
  return valid ? [] : [JSON.stringify(errors).slice(0, 2_000)];
}

function deadRefs(value: JsonValue, document: JsonObject): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((each) => deadRefs(each, document));
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { $ref, ...rest } = value;
  return [
    ...(typeof $ref === 'string' && valueOfRef(document, $ref) === undefined
      ? [`${$ref} leads nowhere`]
      : []),
    ...Object.values(rest).flatMap((each) => deadRefs(each, document)),
  ];
}

function pathFaults(document: JsonObject): string[] {
  const paths = document['paths'] as Record<string, { parameters?: { $ref: string }[] }>;
  return Object.entries(paths).flatMap(([path, { parameters = [] }]) => {
    const declared = parameters.map(({ $ref }) => (valueOfRef(document, $ref) as { name: string }).name);
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    return JSON.stringify(declared) === JSON.stringify(named)
      ? []
      : [`${path} has the parameters ${declared}`];
  });
}

/** The names of headers have no case. */
function parameterFaults({ operationId, parameters = [] }: Operation, document: JsonObject): string[] {
  const names = parameters.map((given) => {
    const each =
      typeof given['$ref'] === 'string' ? (valueOfRef(document, given['$ref']) as JsonObject) : given;
    return `${each['in']} ${each['in'] === 'header' ? String(each['name']).toLowerCase() : each['name']}`;
  });
  return duplicates(names).map((name) => `${operationId} has the ${name} twice`);
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, code: { optimize: false } });

/** The specification leaves schemas to JSON Schema, so ajv judges them; formats and Microsoft's words apart. */
function schemaFaults(openApi: JsonObject): string[] {
  const { schemas } = openApi['components'] as { schemas: JsonObject };
  try {
    ajv.removeSchema('app:').addSchema({ $id: 'app:', components: { schemas } });
    for (const name of Object.keys(schemas)) {
      ajv.compile({ $ref: `app:#/components/schemas/${encodeURIComponent(name)}` });
    }
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function duplicates(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) < index);
}
