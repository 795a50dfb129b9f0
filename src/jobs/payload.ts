import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../aci/errors.ts';
import { asText, isObject, type JsonValue } from '../aci/json.ts';
import { parsePointer, toPointer, valueAtPointer } from '../aci/jsonPointer.ts';
import { type LaunchOverrides, overrideFaults } from '../aci/plan/overrides.ts';
import type { Job } from './job.ts';
import type { Condition, Mapping } from './jobsFile.schema.ts';
import { contractFaults } from './request.ts';

/** What a trigger was sent. */
export type Payload = {
  body: JsonValue;
  /** By lower-case name; undefined when there is none. */
  header: (name: string) => string | undefined;
  query: (name: string) => string | undefined;
  /** What is known of an event, such as CE_ID; nothing where none was sent. */
  event: (attribute: string) => string | undefined;
};

/** The first condition that a payload does not fit, in words; undefined when the job wants it. */
export function whyIgnored(job: Job, payload: Payload): string | undefined {
  const unmet = job.when.find(
    (condition) => !isDeepStrictEqual(valueFrom(condition, payload), condition.equals),
  );
  return (
    unmet &&
    `Job '${job.name}' ignores this: ${unmet.source ?? 'body'} '${unmet.from}' is not what the job's when asks for.`
  );
}

/** The variables that a payload asks for, by the job's map; without one, each top-level key is a variable. */
export function variablesOf(job: Job, payload: Payload): { overrides: LaunchOverrides; faults: Fault[] } {
  if (job.map) {
    return mapped(job.map, payload);
  }
  if (!isObject(payload.body)) {
    return {
      overrides: {},
      faults: [
        {
          code: 'InvalidValue',
          target: '',
          message: `Job '${job.name}' has no map, so its payload must be a JSON object whose keys are variables.`,
        },
      ],
    };
  }
  return { overrides: { env: payload.body }, faults: [] };
}

function mapped(map: readonly Mapping[], payload: Payload): { overrides: LaunchOverrides; faults: Fault[] } {
  const env: Record<string, JsonValue> = {};
  const secureEnv: Record<string, string> = {};
  const faults: Fault[] = [];
  for (const mapping of map) {
    const value = valueFrom(mapping, payload) ?? mapping.default ?? null;
    if (value === null) {
      if (mapping.required) {
        faults.push(payloadFault('MissingMember', mapping, `is required for '${mapping.name}'.`));
      }
      continue;
    }
    const text = asText(value);
    faults.push(...textFaults(mapping, text));
    if (mapping.secure) {
      secureEnv[mapping.name] = text;
    } else {
      env[mapping.name] = value;
    }
  }
  return { overrides: { env, secureEnv }, faults };
}

function textFaults(mapping: Mapping, text: string): Fault[] {
  const { pattern, maxLength } = mapping;
  return [
    ...(pattern !== undefined && !new RegExp(pattern, 'u').test(text)
      ? [payloadFault('InvalidValue', mapping, `must match ${pattern}.`)]
      : []),
    ...(maxLength !== undefined && [...text].length > maxLength
      ? [payloadFault('InvalidValue', mapping, `must have at most ${maxLength} characters.`)]
      : []),
  ];
}

function payloadFault(code: string, mapping: Mapping, message: string): Fault {
  const { from, source = 'body' } = mapping;
  return {
    code,
    target: targetOf(mapping),
    message: `${source === 'body' ? 'The payload’s' : `The ${source}`} '${from}' ${message}`,
  };
}

/** Where in what was sent a mapping looks. */
function targetOf({ from, source = 'body' }: Mapping): string {
  return source === 'body' ? from : `${source} ${from}`;
}

function valueFrom({ from, source = 'body' }: Mapping | Condition, payload: Payload): JsonValue | undefined {
  switch (source) {
    case 'body':
      return valueAtPointer(payload.body, parsePointer(from) ?? []);
    case 'header':
      return payload.header(from.toLowerCase());
    case 'query':
      return payload.query(from);
    case 'event':
      return payload.event(from);
  }
}

/**
 * Every fault of the variables that a payload asks for, each with its place in what was sent: where the job's map looks
 * for the variable; without a map, the payload's own member.
 */
export function payloadFaults(job: Job, overrides: LaunchOverrides): Fault[] {
  const faults = [...overrideFaults(overrides), ...contractFaults(job, overrides)];
  if (job.map) {
    const { map } = job;
    return faults.map((fault) => ({ ...fault, target: mappedTarget(map, fault.target) }));
  }
  return [
    ...(job.allow.has('env')
      ? []
      : [
          { code: 'NotAllowed', target: '', message: `Job '${job.name}' has no map and does not allow env.` },
        ]),
    ...faults.map((fault) => ({ ...fault, target: fault.target.replace(/^\/env/, '') })),
  ];
}

/** What the payload's place of `/env/NAME/…` is; the whole payload where the map sets no such variable. */
function mappedTarget(map: readonly Mapping[], target: string): string {
  const [, name, ...below] = parsePointer(target) ?? [];
  const mapping = map.find((each) => each.name === name);
  return mapping ? `${targetOf(mapping)}${toPointer(...below)}` : '';
}
