import Type from 'typebox';
import { createCheck } from '../validation/createCheck.ts';

const setting = '^setting:[A-Za-z_][A-Za-z0-9_]*$';

const member = <Word extends string>(words: readonly Word[], description: string) =>
  Type.Optional(Type.Unsafe<Word>({ type: 'string', enum: [...words], description }));

/** A job's `hook`: how its unattended senders prove who they are. Which members go with which preset is for hookFaults. */
export const schema = Type.Object(
  {
    preset: Type.Unsafe<
      | 'github'
      | 'standard-webhooks'
      | 'stripe'
      | 'slack'
      | 'event-grid'
      | 'azure-monitor'
      | 'secret-header'
      | 'custom'
    >({
      type: 'string',
      enum: [
        'github',
        'standard-webhooks',
        'stripe',
        'slack',
        'event-grid',
        'azure-monitor',
        'secret-header',
        'custom',
      ],
      description: 'Who sends: it says how a delivery is verified, and what is in it.',
    }),
    secret: Type.Unsafe<string | string[]>({
      type: ['string', 'array'],
      pattern: setting,
      items: { type: 'string', pattern: setting },
      minItems: 1,
      description:
        'setting:NAME, the secret shared with the sender; a list of them while one takes the place of another.',
    }),
    header: Type.Optional(
      Type.String({
        description: 'The header that carries the secret; with event-grid, azure-monitor, secret-header.',
      }),
    ),
    query: Type.Optional(
      Type.String({
        description:
          'The query parameter that carries the secret, for senders that can set no header; token with event-grid and azure-monitor where neither is named.',
      }),
    ),
    allowedOrigins: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description:
          'With event-grid: whose CloudEvents handshake is answered with consent; eventgrid.azure.net without it.',
      }),
    ),
    includeResolved: Type.Optional(
      Type.Boolean({ description: 'With azure-monitor: whether the end of an alert is an event, too.' }),
    ),
    dedupeHeader: Type.Optional(
      Type.String({
        description:
          'With secret-header and custom: the header that is the same in every try of one delivery.',
      }),
    ),
    dedupeFrom: Type.Optional(
      Type.Unsafe<string | string[]>({
        type: ['string', 'array'],
        items: { type: 'string' },
        minItems: 1,
        description:
          'With secret-header and custom: JSON Pointers to what in the body is, taken together, the same in every try of one delivery.',
      }),
    ),
    signatureHeader: Type.Optional(Type.String({ description: 'With custom: the header of the signature.' })),
    algorithm: member(['sha256'], 'With custom: HMAC with SHA-256.'),
    encoding: member(['hex', 'base64'], 'With custom: how the signature is written; hex without it.'),
    headerFormat: member(
      ['single', 'list', 'kv'],
      'With custom: one signature (without it), several with spaces between, or key=value pairs with commas between.',
    ),
    prefix: Type.Optional(
      Type.String({
        description:
          'With custom: what stands before a signature, such as sha256=; with kv its key, such as v1.',
      }),
    ),
    signedContent: Type.Optional(
      Type.String({
        description:
          'With custom: what is signed, where {body}, {id} and {timestamp} stand for what was sent; {body} without it.',
      }),
    ),
    idHeader: Type.Optional(Type.String({ description: 'With custom: the header that {id} stands for.' })),
    timestampHeader: Type.Optional(
      Type.String({ description: 'With custom: the header of {timestamp}, in seconds since 1970.' }),
    ),
    timestampKey: Type.Optional(
      Type.String({ description: 'With custom and kv: the key of {timestamp}, in seconds since 1970.' }),
    ),
    toleranceSeconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        description: 'With custom: how far {timestamp} may be from now, either way; 300 without it.',
      }),
    ),
    secretEncoding: member(
      ['utf8', 'base64', 'whsec'],
      'With custom: how the secret stands for the bytes of the key; utf8 without it.',
    ),
  },
  { additionalProperties: false },
);

export type HookConfig = Type.Static<typeof schema>;
export type Preset = HookConfig['preset'];

export const check = createCheck(schema);
