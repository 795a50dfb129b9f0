import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle/bundle.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** The code of one module's file, and what it exports. */
async function bundled(source: string): Promise<{ code: string; exports: Record<string, unknown> }> {
  const module = join(folder, 'module.js');
  await writeFile(module, source);
  const [file] = await bundle({ module });
  const exports: Record<string, unknown> = {};
  runInNewContext(file?.code ?? '', { exports });
  return { code: file?.code ?? '', exports };
}

test('what ships is ASCII, and the same program', async () => {
  const { code, exports } = await bundled(String.raw`
    export const texts = ['é', '\\é', '\é', ${'`€ 😀`'}, '\u2028'];
    export const pattern = new RegExp(/^[ä-ü]\é\\€.😀$/);
  `);

  expect(code).toMatch(/^[\0-\x7f]*$/);
  expect(exports['texts']).toEqual(['é', '\\é', 'é', '€ 😀', '\u2028']);
  expect((exports['pattern'] as RegExp).test('öé\\€x😀')).toBe(true);
});

test('what ships is as strict as the modules that it is made of', async () => {
  const { exports } = await bundled(`
    const frozen = Object.freeze({ a: 1 });
    export function change() { frozen.a = 2; }
  `);

  expect(exports['change']).toThrow('read only');
});

test('files have from each other what they ask for by its own name, whatever else there is', async () => {
  const inFolder = (file: string) => join(folder, file);
  await writeFile(
    inFolder('shared.js'),
    'export const one = () => Date.now(); export const two = () => one() + 1;',
  );
  await writeFile(inFolder('main.js'), "import { one } from './shared.js'; export const first = one();");
  await writeFile(inFolder('later.js'), "import { two } from './shared.js'; export const second = two();");

  const input = { main: inFolder('main.js'), later: inFolder('later.js') };
  const later = (await bundle(input, [], ['main'])).find(({ fileName }) => fileName === 'later.cjs');

  expect(later?.code).toMatch(/require\("\.\/main\.cjs"\)/);
  expect(later?.code).toContain('.two');
});

test('a file that is to be whole must be one of those that are made', async () => {
  const module = join(folder, 'module.js');
  await writeFile(module, 'export const one = 1;');

  await expect(bundle({ module }, [], ['modul'])).rejects.toThrow("There is no file 'modul'");
});
