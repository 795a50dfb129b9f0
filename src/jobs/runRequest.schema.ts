import Type from 'typebox';
import type { JsonObject, JsonValue } from '../aci/json.ts';
import { createCheck } from '../validation/createCheck.ts';
import { lifeMembers } from './lifeMembers.ts';

const env = Type.Unsafe<Record<string, JsonValue>>({
  type: 'object',
  description:
    'Variables by name. Text as it is, numbers and booleans as text, objects and arrays as JSON text; null takes a variable away.',
});

const secureEnv = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'Variables whose values Azure shows nobody.',
});

const amounts = Type.Unsafe<JsonObject>({ type: 'object' });

const containerOverrides = Type.Object(
  {
    env: Type.Optional(env),
    secureEnv: Type.Optional(secureEnv),
    command: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        description: "Replaces the image's entry point; one string an argument.",
      }),
    ),
    image: Type.Optional(Type.String({ minLength: 1 })),
    resources: Type.Optional(
      Type.Object(
        { requests: Type.Optional(amounts), limits: Type.Optional(amounts) },
        { additionalProperties: false, description: "ACI's own requests and limits." },
      ),
    ),
  },
  { additionalProperties: false },
);

/** The body of `POST {group}/runs` and `POST jobs/{job}/runs`. */
export const schema = Type.Object(
  {
    env: Type.Optional(env),
    secureEnv: Type.Optional(secureEnv),
    containers: Type.Optional(
      Type.Unsafe<Record<string, Type.Static<typeof containerOverrides>>>({
        type: 'object',
        additionalProperties: containerOverrides,
        description: 'What to change in which container, by its name.',
      }),
    ),
    ...lifeMembers,
    callbackUrl: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'An https: URL that is told of the end of the run, by a signed CloudEvent.',
      }),
    ),
    tags: Type.Optional(
      Type.Unsafe<Record<string, string>>({
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'Tags that the group, or each copy, gets for the run.',
      }),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Answer what would be done, and do nothing.' })),
  },
  { additionalProperties: false },
);

export type RunRequest = Type.Static<typeof schema>;

/** What is said of the life of a run. */
export type RunLife = Pick<RunRequest, keyof typeof lifeMembers>;

export const check = createCheck(schema);
