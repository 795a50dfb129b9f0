import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a script of this folder as the app itself is bundled, as an app of its own.
 * @returns the folder of its package.json.
 */
export async function bundleApp(folder: string, script: string): Promise<string> {
  const appFolder = join(folder, script);
  await mkdir(appFolder);
  await bundle(join(import.meta.dirname, `${script}.ts`), join(appFolder, 'main.cjs'));
  await writeFile(join(appFolder, 'package.json'), '{"main": "main.cjs"}');
  return appFolder;
}

export async function bundle(script: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [script],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    external: ['@azure/functions-core'],
    logLevel: 'warning',
  });
}
