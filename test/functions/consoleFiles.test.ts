import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createConsoleFiles } from '../../src/functions/consoleFiles.ts';

const built = join(import.meta.dirname, '../../dist/console');

describe('the files of the console', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'console-'));
    await writeFile(join(folder, 'app-1.js.gz'), gzipSync('1'));
    await writeFile(join(folder, 'half.js.gz.123'), '');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('are those that the build made, read once', async () => {
    const files = createConsoleFiles(folder);
    const first = await files();
    await writeFile(join(folder, 'later.js.gz'), gzipSync('2'));

    expect([...first].map(([name, { type }]) => [name, type])).toEqual([
      ['app-1.js', 'text/javascript; charset=utf-8'],
    ]);
    expect(await files()).toBe(first);
  });

  test('are looked for again when they could not be read', async () => {
    const files = createConsoleFiles(join(folder, 'app'));

    await expect(files()).rejects.toThrow('ENOENT');
    await expect(files()).rejects.toThrow('ENOENT');
  });

  test('weigh at most 60 KB of script, compressed, and name all that the page loads', async () => {
    const files = await createConsoleFiles(built)();
    const names = await readdir(built);
    const scripts = names.filter((name) => name.endsWith('.js.gz'));
    const sizes = await Promise.all(scripts.map(async (name) => (await readFile(join(built, name))).length));

    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60 * 1024);
    expect([...files.keys()].map((name) => name.replace(/-[0-9a-f]{12}/, '')).sort()).toEqual([
      'app.js',
      'console.css',
      'icon.svg',
      'index.html',
    ]);
  });
});
