import type { JsonObject } from '../aci/json.ts';
import type { Job } from './job.ts';
import { schema } from './runRequest.schema.ts';

/** What callers may POST to a job, as a JSON Schema: the RunRequest cut down to what the job allows. */
export function jobContract({ name, allow, contract }: Job): JsonObject {
  const request = JSON.parse(JSON.stringify(schema)) as {
    properties: Record<string, JsonObject>;
  } & JsonObject;
  const allowed = Object.entries(request.properties).filter(
    ([member]) => member === 'dryRun' || (allow as ReadonlySet<string>).has(member),
  );
  const properties = Object.fromEntries(allowed);
  const containers = properties['containers'];
  if (containers) {
    const overrides = containers['additionalProperties'] as { properties: JsonObject } & JsonObject;
    const members = Object.entries(overrides.properties).filter(([member]) =>
      (allow as ReadonlySet<string>).has(member),
    );
    containers['additionalProperties'] = { ...overrides, properties: Object.fromEntries(members) };
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `A run of job '${name}'`,
    ...request,
    properties: { ...properties, ...(contract && properties['env'] && { env: contract.schema }) },
  };
}
