import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from '../../../scripts/bundle/bundle.ts';

/**
 * Bundles a script of this folder as the app itself is bundled, as an app of its own.
 * @returns the folder of its package.json.
 */
export async function bundleApp(folder: string, script: string): Promise<string> {
  const appFolder = join(folder, script);
  await mkdir(appFolder);
  await bundleScript(join(import.meta.dirname, `${script}.ts`), appFolder, 'main');
  await writeFile(join(appFolder, 'package.json'), '{"main": "main.cjs"}');
  return appFolder;
}

/** @returns the file of the script; what it imports later stands beside it. */
export async function bundleScript(script: string, folder: string, name: string): Promise<string> {
  for (const { fileName, code } of await bundle({ [name]: script })) {
    await writeFile(join(folder, fileName), code);
  }
  return join(folder, `${name}.cjs`);
}
