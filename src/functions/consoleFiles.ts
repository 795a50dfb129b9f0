import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** One file of the console, as it is sent to those who take gzip. */
export type ConsoleFile = { type: string; gzipped: Uint8Array };

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The files of the console by their names, read when somebody first asks for one, so that no other function waits for them. What a
 * caller asks for is only ever looked up here, and never a path on the disk.
 * @param folder what `scripts/buildConsole.ts` made.
 */
export function createConsoleFiles(folder: string): () => Promise<ReadonlyMap<string, ConsoleFile>> {
  let files: Promise<ReadonlyMap<string, ConsoleFile>> | undefined;
  return () => {
    files ??= readFiles(folder).catch((error: unknown) => {
      files = undefined; // the next one may have more luck
      throw error;
    });
    return files;
  };
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, ConsoleFile>> {
  const found = (await readdir(folder)).filter((file) => file.endsWith('.gz'));
  const read = found.map(async (file): Promise<[string, ConsoleFile]> => {
    const name = file.slice(0, -'.gz'.length);
    const type = types[extname(name)] ?? 'application/octet-stream';
    return [name, { type, gzipped: await readFile(join(folder, file)) }];
  });
  return new Map(await Promise.all(read));
}
