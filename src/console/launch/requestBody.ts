import type { Field } from './fields.ts';

/** A variable or tag that somebody names in the form. */
export type Pair = { name: string; value: string };

/** What was typed into a form, by the pointer of each field. */
export type FormValues = Record<string, string | readonly Pair[]>;

/** Something wrong with what was typed in: the pointer of the field, and what. */
export type FormFault = { target: string; message: string };

/** The JSON Pointer of a field: how faults name it. */
export function pointerOf({ path }: Pick<Field, 'path'>): string {
  return path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function initialValues(fields: readonly Field[]): FormValues {
  return Object.fromEntries(fields.map((field) => [pointerOf(field), isPairs(field) ? [] : field.initial]));
}

/**
 * The RunRequest that a form holds. What is left empty is left out; whether that is right the app says.
 * @returns also what cannot be sent at all, since it is no number or no JSON.
 */
export function requestBodyOf(
  fields: readonly Field[],
  values: FormValues,
): { body: Record<string, unknown>; faults: FormFault[] } {
  const faults: FormFault[] = [];
  const entries: [path: readonly string[], value: unknown][] = [];
  for (const field of fields) {
    const target = pointerOf(field);
    const value = values[target];
    if (typeof value === 'string') {
      const read = value === '' ? {} : readValue(field, value);
      if (read.fault !== undefined) {
        faults.push({ target, message: read.fault });
      } else if ('value' in read) {
        entries.push([field.path, read.value]);
      }
    } else {
      for (const pair of value ?? []) {
        if (pair.name !== '') {
          entries.push([[...field.path, pair.name], pair.value]);
        } else if (pair.value !== '') {
          faults.push({ target, message: 'A value has no name.' });
        }
      }
    }
  }
  return { body: bodyOf(entries), faults };
}

function readValue({ kind }: Field, text: string): { value?: unknown; fault?: string } {
  if (kind === 'number') {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) {
      return { fault: `'${text}' is no number.` };
    }
    return Number.isInteger(value) && !Number.isSafeInteger(value)
      ? { fault: `'${text}' has more digits than a number keeps.` }
      : { value };
  }
  if (kind === 'json' || kind === 'choice') {
    try {
      return { value: JSON.parse(text) };
    } catch {
      return { fault: 'This is not JSON; text needs quotes around it.' };
    }
  }
  return { value: text };
}

/** Names come from whoever types: `__proto__` is one like any other. */
function bodyOf(entries: readonly [path: readonly string[], value: unknown][]): Record<string, unknown> {
  const members = Map.groupBy(entries, ([path]) => path[0] ?? '');
  return Object.fromEntries(
    [...members].map(([member, of]) => {
      const whole = of.find(([path]) => path.length === 1);
      return [
        member,
        whole ? whole[1] : Object.fromEntries(of.map(([path, value]) => [path[1] ?? '', value])),
      ];
    }),
  );
}

export function isPairs({ kind }: Pick<Field, 'kind'>): boolean {
  return kind === 'pairs' || kind === 'securePairs';
}
