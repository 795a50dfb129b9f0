/**
 * Makes `staging/`, the folder that is deployed: host.json, a package.json that names the entry point and no packages, what
 * `npm run build` made, and jobs.json where there is one. It has what is needed and nothing else, however often it is made.
 */
import { copyFile, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const staging = join(root, 'staging');

const { name, version, main, engines } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

await rm(staging, { recursive: true, force: true });
await mkdir(join(staging, 'dist'), { recursive: true });
const built = (await readdir(join(root, 'dist'))).filter((file) => file.endsWith('.cjs'));
for (const file of ['host.json', ...built.map((file) => `dist/${file}`)]) {
  await copyFile(join(root, file), join(staging, file));
}
await cp(join(root, 'dist/console'), join(staging, 'dist/console'), { recursive: true });
const isThere = await stat(join(root, 'jobs.json')).catch(() => undefined);
if (isThere) {
  await copyFile(join(root, 'jobs.json'), join(staging, 'jobs.json'));
}
// No "type": "module", for what ships is CommonJS, and no dependencies, for there is nothing to install.
const manifest = { name, version, private: true, main, engines };
await writeFile(join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
