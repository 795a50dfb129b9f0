import { join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

/** What a file exports, by the module that it comes from. */
type Exports = Record<string, string[]>;

/** The prefixes of modules that are made up here; by convention no other plugin touches what begins with a zero byte. */
const entryPrefix = '\0on-demand-file:';
const callPrefix = '\0on-demand-call:';
const requireNow = '__requireOnDemand';

/** Files by their names without `.cjs`, and what is called of them: functions and classes, nothing that is compared or read. */
export type Files = Record<string, Exports>;

/** The input of such a file. */
export function entryOf(file: string): string {
  return entryPrefix + file;
}

/** Knows what is in the files whose inputs `entryOf` names. */
export function entries(root: string, files: Files): Plugin {
  return {
    name: 'on-demand-entries',
    resolveId: (source) => (source.startsWith(entryPrefix) ? source : undefined),
    load(id) {
      const modules = id.startsWith(entryPrefix) && files[id.slice(entryPrefix.length)];
      return modules
        ? Object.entries(modules)
            .map(([module, names]) => `export { ${names.join(', ')} } from ${quoted(join(root, module))};`)
            .join('\n')
        : undefined;
    },
  };
}

/**
 * Puts functions that load their file when they are called in the place of modules, so that nothing of these is read before. Whoever
 * imports such a module knows nothing of it.
 */
export function calls(root: string, files: Files): Plugin {
  const placeOf = new Map(
    Object.entries(files).flatMap(([file, modules]) =>
      Object.entries(modules).map(([module, names]) => [join(root, module), { file, names }] as const),
    ),
  );
  return {
    name: 'on-demand-calls',
    resolveId(source, importer) {
      if (importer === undefined || importer.startsWith(entryPrefix) || !/^\.|\.ts$/.test(source)) {
        return undefined;
      }
      const path = resolve(importer, '..', source);
      return placeOf.has(path) ? callPrefix + path : undefined;
    },
    load(id) {
      const place = id.startsWith(callPrefix) ? placeOf.get(id.slice(callPrefix.length)) : undefined;
      return place?.names.map((name) => callOf(name, place.file)).join('\n');
    },
    renderChunk: (code) => code.replaceAll(requireNow, 'require'), // written as such it would be bundled
  };
}

const quoted = (text: string) => JSON.stringify(text);

/** A function or a class that loads the one that it stands for. */
function callOf(name: string, file: string): string {
  const loaded = `${requireNow}(${quoted(`./${file}.cjs`)}).${name}`;
  return `export function ${name}(...given) { return new.target ? new (${loaded})(...given) : ${loaded}(...given); }`;
}
