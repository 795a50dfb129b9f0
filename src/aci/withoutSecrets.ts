import { masked } from './masked.ts';

/** The text with every secret value in it masked, in each form in which ARM may quote what it does not like. */
export function withoutSecrets(text: string, values: readonly string[]): string {
  return values
    .toSorted((one, other) => other.length - one.length)
    .flatMap((value) => [
      value,
      JSON.stringify(value).slice(1, -1),
      escaped(value),
      encodeURIComponent(value.toWellFormed()),
    ])
    .reduce((rest, value) => rest.replaceAll(value, masked), text);
}

/** As .NET writes JSON: whatever could mean something in HTML is a \uXXXX. */
function escaped(value: string): string {
  return value.replace(
    /[^\w\s.,:;=/()[\]{}!?*-]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
