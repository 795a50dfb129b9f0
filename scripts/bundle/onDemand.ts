import { join, resolve } from 'node:path';
import type { Plugin } from 'rolldown';

/** What a file exports, by the module that it comes from. */
type Exports = Record<string, string[]>;

/** The prefixes of modules that are made up here; by convention no other plugin touches what begins with a zero byte. */
const entryPrefix = '\0on-demand-file:';
const callPrefix = '\0on-demand-call:';
const requireNow = '__requireOnDemand';

/**
 * Puts functions that load their file when they are called in the place of modules, so that nothing of these is read before. Whoever
 * imports such a module knows nothing of it. Each file is an entry of the same bundle, so that what several files use is there once.
 * @param files each file's name without `.cjs`, and what is called of it: functions and classes, no values.
 */
export function onDemand(root: string, files: Record<string, Exports>): Plugin {
  const placeOf = new Map(
    Object.entries(files).flatMap(([file, modules]) =>
      Object.entries(modules).map(([module, names]) => [join(root, module), { file, names }] as const),
    ),
  );
  return {
    name: 'on-demand',
    buildStart() {
      for (const file of Object.keys(files)) {
        this.emitFile({ type: 'chunk', id: entryPrefix + file, name: file, fileName: `${file}.cjs` });
      }
    },
    resolveId(source, importer) {
      if (source.startsWith(entryPrefix)) {
        return source;
      }
      if (importer === undefined || importer.startsWith(entryPrefix) || !source.startsWith('.')) {
        return undefined;
      }
      const path = resolve(importer, '..', source);
      return placeOf.has(path) ? callPrefix + path : undefined;
    },
    load(id) {
      if (id.startsWith(entryPrefix)) {
        const modules = Object.entries(files[id.slice(entryPrefix.length)] ?? {});
        return modules
          .map(
            ([module, names]) => `export { ${names.join(', ')} } from ${JSON.stringify(join(root, module))};`,
          )
          .join('\n');
      }
      const place = id.startsWith(callPrefix) ? placeOf.get(id.slice(callPrefix.length)) : undefined;
      return place?.names.map((name) => callOf(name, place.file)).join('\n');
    },
    renderChunk: (code) => code.replaceAll(requireNow, 'require'), // written as such it would be bundled
  };
}

/** A function or a class that loads the one that it stands for. */
function callOf(name: string, file: string): string {
  const loaded = `${requireNow}(${JSON.stringify(`./${file}.cjs`)}).${name}`;
  return `export function ${name}(...given) { return new.target ? new (${loaded})(...given) : ${loaded}(...given); }`;
}
