import fc from 'fast-check';
import type { JsonObject } from '../../../src/aci/json.ts';

/** A property of a table holds so many UTF-16 code units. */
const chunkLength = 32 * 1024;

/** Characters of one, two and three bytes, pairs, and halves of pairs that stand alone. */
const character = fc.oneof(
  fc.constantFrom('x', '"', '\\', 'é', '数', '🚀', '👩‍🚀', '\ud83d', '\ude80', '\u0000', '\ufffe'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

/** JSON objects over several chunks, with characters that are apt to break right where one chunk ends and the next begins. */
export const largeValue: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: -24, max: 4 }),
    fc.array(character, { minLength: 1, maxLength: 12 }),
    fc.boolean(),
  )
  .map(([chunks, shift, characters, isDense]) => ({
    text: 'x'.repeat(chunks * chunkLength + shift) + characters.join(''),
    dense: (isDense ? '🚀' : 'é').repeat(chunkLength),
  }));
