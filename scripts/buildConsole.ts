import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/**
 * Makes `dist/console`: the page, and what it loads under names that change with the contents. They are compressed here, once, and
 * not for each who asks.
 */
export async function buildConsole(root: string): Promise<void> {
  const { outputFiles } = await build({
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    entryPoints: ['src/console/app.tsx', 'src/console/console.css'],
    outdir: 'dist/console',
    logLevel: 'warning',
    absWorkingDir: root,
  });
  const loaded = [
    ...outputFiles.map(({ path, contents }) => ({ name: path.split(/[\\/]/).at(-1) ?? '', contents })),
    { name: 'icon.svg', contents: await readFile(join(root, 'src/console/icon.svg')) },
  ].map(({ name, contents }) => ({ name, hashed: hashedName(name, contents), contents }));
  const page = loaded.reduce(
    (html, { name, hashed }) => html.replace(`"${name}"`, `"/api/console/${hashed}"`),
    await readFile(join(root, 'src/console/index.html'), 'utf8'),
  );
  const folder = join(root, 'dist/console');
  await mkdir(folder, { recursive: true });
  const files = [
    ...loaded.map(({ hashed, contents }) => ({ file: `${hashed}.gz`, contents })),
    { file: 'index.html.gz', contents: Buffer.from(page) },
  ];
  for (const { file, contents } of files) {
    const aside = join(folder, `${file}.${process.pid}`);
    await writeFile(aside, gzipSync(contents, { level: 9 }));
    await rename(aside, join(folder, file));
  }
  const stale = (await readdir(folder)).filter((name) => !files.some(({ file }) => file === name));
  await Promise.all(stale.map((name) => rm(join(folder, name), { force: true })));
}

/** `app.js` with the start of its hash: `app-1a2b3c4d5e6f.js`. */
function hashedName(name: string, contents: Uint8Array): string {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12);
  return name.replace(/\.(?=\w+$)/, `-${hash}.`);
}
