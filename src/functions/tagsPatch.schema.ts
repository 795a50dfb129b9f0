import Type from 'typebox';
import { createCheck } from '../validation/createCheck.ts';

/** The body of `PATCH {group}`. */
export const schema = Type.Object(
  {
    tags: Type.Unsafe<Record<string, string | null>>({
      type: 'object',
      additionalProperties: { type: ['string', 'null'] },
      description: 'Tags to set by name; null takes one away. The others stay.',
    }),
  },
  { additionalProperties: false },
);

export type TagsPatch = Type.Static<typeof schema>;

export const check = createCheck(schema);
