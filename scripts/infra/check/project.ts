import { existsSync, readFileSync } from 'node:fs';
import { join, normalize, relative } from 'node:path';
import type { BicepFault, BicepFile } from '../bicep/ast.ts';
import { readBicep } from '../bicep/readBicep.ts';

/** All Bicep files that are reached from one, by their paths from the folder. */
export type Project = {
  folder: string;
  main: string;
  files: ReadonlyMap<string, BicepFile>;
  faults: BicepFault[];
};

/**
 * @param folder where main.bicep is.
 * @param readFile reads one file; whoever reads the same text often can remember it.
 */
export function readProject(folder: string, readFile = readBicep): Project {
  const main = 'main.bicep';
  const files = new Map<string, BicepFile>();
  const faults: BicepFault[] = [];
  const read = (path: string): void => {
    const result = readFile(path, readFileSync(join(folder, path), 'utf8'));
    faults.push(...result.faults);
    if (!result.file) {
      return;
    }
    files.set(path, result.file);
    for (const module of result.file.modules) {
      const next = pathFrom(path, module.path);
      if (!existsSync(join(folder, next))) {
        faults.push({
          path,
          line: module.line,
          column: module.column,
          message: `There is no file '${module.path}'.`,
        });
      } else if (!files.has(next)) {
        read(next);
      }
    }
  };
  read(main);
  return { folder, main, files, faults };
}

/** A path from the folder, of one that a file there names. */
export function pathFrom(path: string, named: string): string {
  return normalize(join(path, '..', named));
}

/** What a file loads by `loadJsonContent`; undefined where it is not there or no JSON. */
export function loadJson({ folder }: Project, path: string, named: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, pathFrom(path, named)), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Paths as they are shown. */
export function shownPath({ folder }: Project, path: string): string {
  return relative(process.cwd(), join(folder, path));
}
