import { globSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HostError } from './hostError.ts';
import { readJsonFile } from './settings.ts';

/**
 * Loads the entry points that `main` of the app's package.json names (a glob), as the worker does: `.mjs` files and
 * those of a `type: module` package are imported, the others required.
 * @param coreApi what `require('@azure/functions-core')` answers from now on, in this whole process.
 * @throws HostError with the app's own message when an entry point throws; its error is the cause.
 */
export async function loadApp(appDirectory: string, coreApi: object): Promise<void> {
  const { main, type } = readJsonFile(join(appDirectory, 'package.json'));
  if (typeof main !== 'string' || main === '') {
    throw new HostError(`${join(appDirectory, 'package.json')} has no "main", so there is nothing to run.`);
  }
  const entryPoints = globSync(main, { cwd: appDirectory }).sort();
  if (entryPoints.length === 0) {
    throw new HostError(`Found no file "${main}" in ${resolve(appDirectory)}: run npm run build first.`);
  }
  provideCoreApi(coreApi);
  for (const entryPoint of entryPoints) {
    const file = resolve(appDirectory, entryPoint);
    try {
      if (file.endsWith('.mjs') || (type === 'module' && !file.endsWith('.cjs'))) {
        await import(pathToFileURL(file).href);
      } else {
        createRequire(file)(file);
      }
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new HostError(`The app's entry point "${entryPoint}" did not load: ${message}`, { cause });
    }
  }
}

/** The library asks for a module that is in no folder; the real worker answers it in this same place. */
export function provideCoreApi(coreApi: object): void {
  const original = Module.prototype.require;
  Module.prototype.require = new Proxy(original, {
    apply: (target, self, args: [string]) =>
      args[0] === '@azure/functions-core' ? coreApi : Reflect.apply(target, self, args),
  });
}
