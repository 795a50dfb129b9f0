import { masked } from './masked.ts';

/** The text with every secret value in it masked: ARM may quote what it does not like. */
export function withoutSecrets(text: string, values: readonly string[]): string {
  return values
    .toSorted((one, other) => other.length - one.length)
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .reduce((rest, value) => rest.replaceAll(value, masked), text);
}
