import type { JsonObject } from '../aci/json.ts';
import type { Job } from './job.ts';
import { schema } from './runRequest.schema.ts';

/**
 * What callers may POST to a job, as a JSON Schema: the RunRequest cut down to what the job allows, and to its contract.
 *
 * It refuses nothing that the route accepts. What it cannot say: which names variables may have, and, where a job with a
 * contract takes secureEnv too, that env and secureEnv must fit the contract together.
 */
export function jobContract(job: Job): JsonObject {
  const request = JSON.parse(JSON.stringify(schema)) as {
    properties: Record<string, JsonObject>;
  } & JsonObject;
  const allowed = Object.entries(request.properties).filter(
    ([member]) => member === 'dryRun' || isAllowed(job, member),
  );
  const { env, containers, ...properties } = Object.fromEntries(allowed);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `A run of job '${job.name}'`,
    ...request,
    properties: {
      ...(env && { env: job.contract ? contractOf(job, job.contract.schema) : env }),
      ...properties,
      ...(containers && { containers: containersOf(job, containers) }),
    },
    ...(isEnvRequired(job) && { required: ['env'] }),
  };
}

/** The job's own contract, with an id of its own, so that its `$ref`s still point into it. */
function contractOf(job: Job, { required, ...rest }: JsonObject): JsonObject {
  return {
    $id: `urn:job:${job.name}:env`,
    ...rest,
    ...(required !== undefined && !isAllowed(job, 'secureEnv') && { required }),
  };
}

function containersOf(job: Job, containers: JsonObject): JsonObject {
  const overrides = containers['additionalProperties'] as { properties: JsonObject } & JsonObject;
  const cutDown = (keep: (member: string) => boolean): JsonObject => ({
    ...overrides,
    properties: Object.fromEntries(
      Object.entries(overrides.properties).filter(([member]) => isAllowed(job, member) && keep(member)),
    ),
  });
  const any = cutDown(() => true);
  if (!job.contract) {
    return { ...containers, additionalProperties: any };
  }
  const withoutVariables = cutDown((member) => member !== 'env' && member !== 'secureEnv');
  return job.container === undefined
    ? { ...containers, additionalProperties: withoutVariables }
    : { ...containers, properties: { [job.container]: withoutVariables }, additionalProperties: any };
}

/** Whether a request without variables breaks the contract. */
function isEnvRequired(job: Job): boolean {
  return job.contract !== undefined && !isAllowed(job, 'secureEnv') && job.contract.check({}).length > 0;
}

function isAllowed({ allow }: Job, member: string): boolean {
  return (allow as ReadonlySet<string>).has(member);
}
