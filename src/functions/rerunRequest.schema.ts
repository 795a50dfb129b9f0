import Type from 'typebox';
import { createCheck } from '../validation/createCheck.ts';

const secureEnv = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'The values of the secure variables that the run had.',
});

/** The body of `POST {group}/runs/{runId}/rerun`: what was sealed of the run, and is erased by now. */
export const schema = Type.Object(
  {
    secureEnv: Type.Optional(secureEnv),
    containers: Type.Optional(
      Type.Unsafe<Record<string, { secureEnv?: Record<string, string> }>>({
        type: 'object',
        additionalProperties: {
          type: 'object',
          properties: { secureEnv },
          additionalProperties: false,
        },
      }),
    ),
    callbackUrl: Type.Optional(
      Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'Where to tell of the end; null for nowhere, though the run did.',
      }),
    ),
  },
  { additionalProperties: false },
);

export type RerunRequest = Type.Static<typeof schema>;

export const check = createCheck(schema);
