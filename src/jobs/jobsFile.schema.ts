import Type from 'typebox';
import type { JsonObject, JsonValue } from '../aci/json.ts';
import { schema as hook } from '../hooks/hook.schema.ts';
import { createCheck } from '../validation/createCheck.ts';
import { type AllowableMember, allowable } from './allowable.ts';
import { lifeMembers } from './lifeMembers.ts';

const closed = { additionalProperties: false };

const settingPattern = 'setting:[A-Za-z_][A-Za-z0-9_]*';

const secret = Type.Unsafe<SecretEntry>({
  type: 'object',
  description: 'A value that Azure never returns, put back at every launch.',
  properties: {
    container: Type.String({ description: 'The container of the secure variable.' }),
    env: Type.String({ description: 'The name of the secure variable.' }),
    registry: Type.String({ description: 'The server of the registry whose password this is.' }),
    volume: Type.String({
      description: 'The Azure Files volume whose storage account key this is; with key, the secret volume.',
    }),
    key: Type.String({ description: 'The file in the secret volume.' }),
    workspace: Type.Unsafe<'key' | 'resourceId'>({ type: 'string', enum: ['key', 'resourceId'] }),
    from: Type.String({
      pattern: `^(?:${settingPattern}|none)$`,
      description: 'setting:NAME, or none where a workspace has no resource id.',
    }),
  },
  required: ['from'],
  ...closed,
});

const mapping = Type.Object(
  {
    name: Type.String({ description: 'The variable that is set.' }),
    from: Type.String({
      description:
        'A JSON Pointer into the body, the name of a header or query parameter, or CE_ID, CE_SOURCE, CE_TYPE, CE_SUBJECT or CE_TIME of an event.',
    }),
    source: Type.Optional(
      Type.Unsafe<'body' | 'header' | 'query' | 'event'>({
        type: 'string',
        enum: ['body', 'header', 'query', 'event'],
      }),
    ),
    default: Type.Optional(Type.Unsafe<JsonValue>({ description: 'The value when the payload has none.' })),
    required: Type.Optional(Type.Boolean()),
    pattern: Type.Optional(Type.String({ description: 'A regular expression that the text must match.' })),
    maxLength: Type.Optional(Type.Integer({ minimum: 0 })),
    secure: Type.Optional(Type.Boolean({ description: 'Whether Azure is to show the value to nobody.' })),
  },
  closed,
);

const condition = Type.Object(
  {
    from: Type.String(),
    source: Type.Optional(
      Type.Unsafe<'body' | 'header' | 'query' | 'event'>({
        type: 'string',
        enum: ['body', 'header', 'query', 'event'],
      }),
    ),
    equals: Type.Unsafe<JsonValue>({ description: 'The JSON value that must stand there.' }),
  },
  closed,
);

const job = Type.Object(
  {
    containerGroup: Type.String({ description: 'The ARM resource id of the container group.' }),
    container: Type.Optional(
      Type.String({ description: 'The container that env is for; the only one without it.' }),
    ),
    env: Type.Optional(
      Type.Unsafe<JsonObject>({
        type: 'object',
        description: 'A JSON Schema (draft 7) that the variables must fit.',
      }),
    ),
    allow: Type.Optional(
      Type.Unsafe<AllowableMember[]>({
        type: 'array',
        items: { type: 'string', enum: [...allowable] },
        description: 'Which members of a RunRequest callers may send besides dryRun; env without it.',
      }),
    ),
    roles: Type.Optional(
      Type.Array(Type.String({ pattern: '^[!-\\-/-~][!-~]{0,119}$' }), {
        description: 'The app roles of Entra ID that may launch it behind Easy Auth, besides Runs.Launch.',
      }),
    ),
    secrets: Type.Optional(Type.Array(secret)),
    ...lifeMembers,
    callbackSecret: Type.Optional(
      Type.Unsafe<string | string[]>({
        type: ['string', 'array'],
        pattern: `^${settingPattern}$`,
        items: { type: 'string', pattern: `^${settingPattern}$` },
        minItems: 1,
        description:
          'setting:NAME, the secret that callbacks are signed with; a list of them while one takes the place of another.',
      }),
    ),
    map: Type.Optional(Type.Array(mapping, { description: 'How a trigger’s payload becomes variables.' })),
    when: Type.Optional(
      Type.Array(condition, { description: 'A trigger that does not fit all of these is ignored.' }),
    ),
    hook: Type.Optional(hook),
    schedule: Type.Optional(
      Type.String({
        description:
          'When it also runs by itself: second, minute, hour, day, month, day of the week, in UTC, as in 0 30 3 * * MON-FRI.',
      }),
    ),
    imagePolicy: Type.Optional(
      Type.Object(
        {
          registries: Type.Optional(
            Type.Array(Type.String(), { minItems: 1, description: 'The only registries of its images.' }),
          ),
          requireDigest: Type.Optional(
            Type.Boolean({ description: 'Whether an image must be named by its digest.' }),
          ),
        },
        { ...closed, description: 'What images callers and pushes may have its containers run.' },
      ),
    ),
    onImagePush: Type.Optional(
      Type.Unsafe<'redeploy'>({
        type: 'string',
        enum: ['redeploy'],
        description:
          "Its hook is told of pushed images: one to the repository of the container's own image launches the group with it, by its digest.",
      }),
    ),
  },
  closed,
);

/** `jobs.json`. */
export const schema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    jobs: Type.Unsafe<Record<string, Type.Static<typeof job>>>({ type: 'object', additionalProperties: job }),
  },
  closed,
);

export type JobsFile = Type.Static<typeof schema>;
export type JobEntry = Type.Static<typeof job>;
export type Mapping = Type.Static<typeof mapping>;
export type Condition = Type.Static<typeof condition>;
export type SecretEntry = {
  container?: string;
  env?: string;
  registry?: string;
  volume?: string;
  key?: string;
  workspace?: 'key' | 'resourceId';
  from: string;
};

export const check = createCheck(schema);
