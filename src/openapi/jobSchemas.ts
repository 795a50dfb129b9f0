import type { JsonObject } from '../aci/json.ts';
import { parsePointer } from '../aci/jsonPointer.ts';
import { jobContract } from '../jobs/contract.ts';
import type { Job } from '../jobs/job.ts';
import type { Mapping } from '../jobs/jobsFile.schema.ts';
import { fromDraft7 } from './fromDraft7.ts';
import type { Parameter } from './model.ts';
import { launchParameters } from './operations/shared.ts';
import { withoutDeadRefs } from './schema.ts';

/** The names of a job's own schemas. */
export const runRequestName = ({ name }: Pick<Job, 'name'>) => `RunRequest.${name}`;
export const payloadName = ({ name }: Pick<Job, 'name'>) => `Payload.${name}`;

/** What each job takes, as schemas by their names in the document; they refuse nothing that the job takes. */
export function jobSchemas(job: Job): Record<string, JsonObject> {
  return {
    ...atItsPlace(runRequestName(job), jobContract(job)),
    ...atItsPlace(payloadName(job), payloadOf(job)),
  };
}

function atItsPlace(name: string, schema: JsonObject): Record<string, JsonObject> {
  const placed = fromDraft7(schema, ['components', 'schemas', name]);
  return { [name]: withoutDeadRefs(placed, { components: { schemas: { [name]: placed } } }) as JsonObject };
}

/** The body of a trigger: without a map each of its members is a variable, else it has what the map looks for. */
function payloadOf(job: Job): JsonObject {
  if (job.map === undefined) {
    return {
      title: `A payload for job '${job.name}'`,
      type: 'object',
      ...job.contract?.schema,
    };
  }
  const places = job.map
    .filter(({ source = 'body' }) => source === 'body')
    .map((mapping) => ({ segments: parsePointer(mapping.from) ?? [], mapping }));
  return { title: `A payload for job '${job.name}'`, ...partOf(places, true) };
}

type PlaceInPayload = { segments: string[]; mapping: Mapping };

/** A part of a payload, with what stands in it. One that may be missing is not said to be an object: it may as well be something else. */
function partOf(places: readonly PlaceInPayload[], isWhole: boolean): JsonObject {
  const here = places.filter(({ segments }) => segments.length === 0).map(({ mapping }) => mapping);
  const below = places.filter(({ segments }) => segments.length > 0);
  const names = [...new Set(below.map(({ segments: [name = ''] }) => name))];
  const said = here.length > 0 ? variablePart(here) : {};
  if (names.length === 0 || names.some((name) => /^\d+$/.test(name))) {
    return said; // a number may be a place in a list
  }
  const of = (name: string) =>
    below
      .filter(({ segments: [first] }) => first === name)
      .map(({ segments, mapping }) => ({ segments: segments.slice(1), mapping }));
  const required = names.filter((name) => of(name).some(({ mapping }) => mapping.required));
  return {
    ...said,
    ...((isWhole || required.length > 0) && { type: 'object' }),
    properties: Object.fromEntries(names.map((name) => [name, partOf(of(name), false)])),
    ...(required.length > 0 && { required }),
  };
}

/** What becomes of variables is judged as text, of which a schema can only say what holds for strings. */
function variablePart(mappings: readonly Mapping[]): JsonObject {
  const [{ pattern, maxLength } = {}, ...others] = mappings as readonly Partial<Mapping>[];
  return {
    description: `Becomes the variable ${mappings.map(({ name }) => name).join(' and ')}.`,
    ...(others.length === 0 && {
      ...(pattern !== undefined && { pattern }),
      ...(maxLength !== undefined && { maxLength }),
    }),
  };
}

/** OpenAPI 3.1.1, Parameter Object: no parameter describes the first; the others every launch has, and no parameter may be there twice. */
const noParameters = ['accept', 'content-type', 'authorization', ...launchParameters].map(lowerCase);

/** The headers and query parameters that a job's map looks at. */
export function mapParameters({ map = [] }: Job): Parameter[] {
  const groups = Map.groupBy(
    map.filter(({ source }) => source === 'header' || source === 'query'),
    ({ source, from }) => (source === 'header' ? `header ${lowerCase(from)}` : `query ${from}`),
  );
  return [...groups.values()].flatMap((mappings) => {
    const [{ source, from } = { source: 'body', from: '' }] = mappings;
    if (
      (source !== 'header' && source !== 'query') ||
      (source === 'header' && noParameters.includes(lowerCase(from)))
    ) {
      return [];
    }
    const { description, ...rules } = variablePart(mappings);
    const required = mappings.some((mapping) => mapping.required);
    return [
      {
        name: from,
        in: source,
        required,
        description: String(description),
        schema: { type: 'string', ...rules },
      },
    ];
  });
}

function lowerCase(name: string): string {
  return name.toLowerCase();
}
