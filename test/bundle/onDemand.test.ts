import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle/bundle.ts';
import { calls, entries, entryOf, type Files } from '../../scripts/bundle/onDemand.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundle-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Bundles these sources, of which main.ts is the entry point, and loads what comes out. */
async function load<Exports>(sources: Record<string, string>, files: Files): Promise<Exports> {
  for (const [name, text] of Object.entries(sources)) {
    writeFileSync(join(root, name), text);
  }
  const input = Object.fromEntries(Object.keys(files).map((name) => [name, entryOf(name)]));
  const plugins = [entries(root, files), calls(root, files)];
  for (const { fileName, code } of await bundle({ main: join(root, 'main.ts'), ...input }, plugins, [
    'main',
  ])) {
    writeFileSync(join(root, fileName), code);
  }
  return createRequire(import.meta.url)(join(root, 'main.cjs')) as Exports;
}

const errors = 'export class Refused extends Error {}';

test('a module on demand runs when it is first called, once, and answers as if it had been there', async () => {
  const { ran, double, boxed } = await load<{
    ran: string[];
    double: (value: number, times?: number) => number;
    boxed: (value: number) => object;
  }>(
    {
      'main.ts': `import { Box, double } from './late.ts';
        export { ran } from './ran.ts';
        export const boxed = (value: number) => new Box(value);
        export { double };`,
      'ran.ts': 'export const ran: string[] = [];',
      'late.ts': `import { ran } from './ran.ts';
        ran.push('late');
        export const double = (value: number, times = 2) => value * times;
        export class Box { value: number; constructor(value: number) { this.value = double(value); } }`,
    },
    { late: { 'late.ts': ['double', 'Box'] } },
  );

  expect(ran).toEqual([]);
  expect([double(4), double(4, 3)]).toEqual([8, 12]);
  expect(boxed(5)).toEqual({ value: 10 });
  expect(ran).toEqual(['late']);
});

test('what several files use is there once, so that an error of one is known in the others', async () => {
  const { caught } = await load<{ caught: (file: 'one' | 'other') => boolean }>(
    {
      'errors.ts': errors,
      'main.ts': `import { Refused } from './errors.ts';
        import { one } from './one.ts';
        import { other } from './other.ts';
        export const caught = (file: 'one' | 'other') => {
          try { return ({ one, other })[file](); } catch (error) { return error instanceof Refused; }
        };`,
      'one.ts': `import { Refused } from './errors.ts';
        export const one = () => { throw new Refused('one'); };`,
      'other.ts': `import { Refused } from './errors.ts';
        import { one } from './one.ts';
        export const other = () => { try { return one(); } catch (error) { if (error instanceof Refused) throw error; return false; } };`,
    },
    { one: { 'one.ts': ['one'] }, other: { 'other.ts': ['other'] } },
  );

  expect([caught('one'), caught('other')]).toEqual([true, true]);
});

test.each<[what: string, files: Files, told: RegExp]>([
  [
    'a name that the module does not export',
    { late: { 'late.ts': ['late', 'misspelt'] } },
    /"misspelt" is not exported/,
  ],
  ['a module that is not there', { late: { 'lost.ts': ['late'] } }, /Could not resolve '.*lost\.ts'/],
  ['less than is imported of a module', { late: { 'late.ts': ['other'] } }, /"late" is not exported/],
])('a list with %s is refused', async (_what, files, told) => {
  const sources = {
    'main.ts': "import { late } from './late.ts'; export const call = () => late();",
    'late.ts': 'export const late = () => 1; export const other = () => 2;',
  };

  await expect(load(sources, files)).rejects.toThrow(told);
});
