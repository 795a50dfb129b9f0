import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jobContract } from '../../src/jobs/contract.ts';
import type { Job } from '../../src/jobs/job.ts';
import { jobRequestFaults } from '../../src/jobs/request.ts';
import { check, type RunRequest } from '../../src/jobs/runRequest.schema.ts';
import { jobOf } from './jobsFile.ts';

const callbacks = { allowedHosts: [], allowLoopback: false };

/** A check by the published contract, as a caller would make one: with ajv, from the JSON text. */
function callerCheck(job: Job): (body: unknown) => boolean {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false });
  formats.default(ajv);
  return ajv.compile(JSON.parse(JSON.stringify(jobContract(job))));
}

function routeAccepts(job: Job, body: unknown): boolean {
  return check(body).length === 0 && jobRequestFaults(job, body as RunRequest, callbacks).length === 0;
}

const env = {
  type: 'object',
  properties: { DATE: { type: 'string', format: 'date' }, COUNT: { type: 'integer' } },
  required: ['DATE'],
  additionalProperties: false,
};
const withReference = {
  ...env,
  definitions: { date: { type: 'string', format: 'date' } },
  properties: { ...env.properties, DATE: { $ref: '#/definitions/date' } },
};
const optional = { ...env, required: [] };
const everything = [
  ...['env', 'containers', 'command', 'image', 'resources', 'ifRunning', 'timeoutSeconds', 'maxRetries'],
];

const variables = fc.oneof(
  fc.dictionary(
    fc.constantFrom('DATE', 'COUNT', 'OTHER'),
    fc.constantFrom('2026-01-31', 'text', 1, 1.5, null, true, [], {}),
    { noNullPrototype: true, maxKeys: 3 },
  ),
  fc.constantFrom({ DATE: '2026-01-31' }, { DATE: '2026-01-31', COUNT: 2 }, [], null),
);
const secureVariables = fc.dictionary(fc.constantFrom('TOKEN', 'SECOND'), fc.constantFrom('text', 1), {
  noNullPrototype: true,
});
const container = fc.record(
  {
    env: variables,
    secureEnv: secureVariables,
    command: fc.constantFrom(['run'], [], 'run'),
    image: fc.constantFrom('image', ''),
    resources: fc.constantFrom({}, { requests: { cpu: 1 } }, { cpu: 1 }),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const anyRequest = fc.record(
  {
    env: variables,
    secureEnv: secureVariables,
    containers: fc.dictionary(fc.constantFrom('main', 'side'), container, { noNullPrototype: true }),
    ifRunning: fc.constantFrom('reject', 'replace', 'queue', 'wait'),
    timeoutSeconds: fc.constantFrom(0, 1, 60, 1.5, '60'),
    maxRetries: fc.constantFrom(0, 10, 11),
    dryRun: fc.constantFrom(true, false, 'yes'),
    tasks: fc.constant(2),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const likelyRequest = fc.record(
  {
    env: fc.constantFrom({ DATE: '2026-01-31' }, { DATE: '2026-01-31', COUNT: 2 }),
    containers: fc.constantFrom({}, { side: {} }, { main: { command: ['run'] } }, { side: { env: {} } }),
    ifRunning: fc.constantFrom('reject', 'replace'),
    dryRun: fc.boolean(),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const request = fc.oneof(anyRequest, likelyRequest);

describe('the contract of a job, given to ajv by its caller,', () => {
  test.each<[says: string, entry: object, acceptsAny?: boolean]>([
    ['nothing said', {}],
    ['nothing allowed', { allow: [] }],
    ['everything but secure variables allowed', { allow: everything }],
    ['a contract for env', { env }],
    ['a contract that asks for nothing', { env: optional, allow: ['env', 'ifRunning'] }],
    ['a contract with references into itself', { env: withReference }],
    ['a contract with an id of its own', { env: { $id: 'https://example.org/env.json', ...withReference } }],
    ['a contract, and containers', { env, allow: everything }],
    ['a contract for one of several containers', { env, allow: everything, container: 'main' }],
    ['a contract, and a caller who may not send env', { env, allow: ['ifRunning'] }, false],
    ['containers without variables', { allow: ['containers', 'command'] }],
  ])('accepts what the route accepts, and nothing else: %s', (_, entry, acceptsAny = true) => {
    const job = jobOf(entry);
    const accepts = callerCheck(job);
    let accepted = 0;

    fc.assert(
      fc.property(request, (body) => {
        const isTaken = routeAccepts(job, body);
        accepted += isTaken ? 1 : 0;
        expect(accepts(body)).toBe(isTaken);
      }),
      { numRuns: 1_000, examples: [[{}], [{ dryRun: true }]] },
    );

    expect(accepted > 0).toBe(acceptsAny);
  });

  test('refuses nothing that the route accepts where secure variables count for the contract, too', () => {
    const job = jobOf({
      env: { ...env, required: ['TOKEN'], additionalProperties: true },
      allow: ['env', 'secureEnv'],
    });
    const accepts = callerCheck(job);

    expect(accepts({ secureEnv: { TOKEN: 'x' } })).toBe(true);
    expect(accepts({ env: { COUNT: 'x' }, secureEnv: { TOKEN: 'x' } })).toBe(false);
    fc.assert(
      fc.property(request, (body) => {
        expect(accepts(body) || !routeAccepts(job, body)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('says which job it is of, in draft 7, and leaves the job as it is', () => {
    const job = jobOf({ env });

    expect(jobContract(job)).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: "A run of job 'nightly'",
      type: 'object',
      properties: { env, dryRun: { type: 'boolean' } },
      additionalProperties: false,
    });
    expect(jobContract(job)).toEqual(jobContract(job));
    expect(job.contract?.schema).toEqual(env);
  });
});
