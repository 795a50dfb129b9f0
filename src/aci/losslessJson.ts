type SourceReviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown;

type RawJson = { rawJSON(text: string): unknown; isRawJSON(value: unknown): boolean };

const json = JSON as unknown as RawJson;

/**
 * Parses JSON so that `JSON.stringify` writes every number back as it came.
 *
 * ARM's documents may hold integers that a JavaScript number cannot (an int64 in a member of tomorrow); such a number
 * is kept as its source text. All others are plain numbers.
 * @throws SyntaxError when the text is not JSON.
 */
export function parseLossless(text: string): unknown {
  if (!mayLoseDigits.test(text)) {
    return JSON.parse(text); // hardly any document needs more, and a function that is called for each value takes most of the time
  }
  const keepSource: SourceReviver = (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && losesDigits(value, source)
      ? json.rawJSON(source)
      : value;
  return JSON.parse(text, keepSource as (this: unknown, key: string, value: unknown) => unknown);
}

/**
 * A number of 16 characters, or with an exponent, outside of strings, or what looks like one within. A number of 15 digits at most is
 * written back by its digits (IEEE 754: a double holds 15 decimal digits).
 */
const mayLoseDigits = /(?:^|[:,[\s])-?(?:[\d.]{16}|[\d.]{1,15}e)/i;

/** Whether a parsed value is a number kept as its source text. */
export function isKeptNumber(value: unknown): boolean {
  return json.isRawJSON(value);
}

/** No number that JavaScript holds needs more characters than this to be written. */
const mostCharacters = 40;

function losesDigits(value: number, source: string): boolean {
  return source.length > mostCharacters || digitsOf(String(value)) !== digitsOf(source);
}

/** The significant digits and the exponent of a JSON number, so that 1.50, 15e-1 and 1.5 are one. */
function digitsOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') {
    return '0';
  }
  const scale = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${scale}`;
}
