import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReadBicep, readBicep } from '../../scripts/infra/bicep/readBicep.ts';
import { checkProject } from '../../scripts/infra/check/checkProject.ts';
import { readProject } from '../../scripts/infra/check/project.ts';
import { readResourceTypes } from '../../scripts/infra/types/resourceTypes.ts';

export const infra = join(import.meta.dirname, '../../infra');

const types = readResourceTypes();

/** infra/ as it is, read. */
export const project = readProject(infra);

/** What the check finds in it. */
export const { faults } = checkProject(project, types);

/** Files as they were read; all but the one that is spoiled are the same each time. */
const known = new Map<string, ReadBicep>();

function readOnce(path: string, text: string): ReadBicep {
  const before = known.get(path + text);
  const result = before ?? readBicep(path, text);
  known.set(path + text, result);
  return result;
}

/** A copy of infra/ that may be spoiled. */
export function copyInfra(): {
  faultsAfter: (file: string, spoil: (text: string) => string) => string[];
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'infra-'));
  cpSync(infra, folder, { recursive: true });
  return {
    /** What the check finds when this file is spoiled, which is then made good again. */
    faultsAfter(file, spoil) {
      const path = join(folder, file);
      const text = readFileSync(path, 'utf8');
      const spoiled = spoil(text);
      if (spoiled === text) {
        throw new Error(`${file} was not changed.`);
      }
      writeFileSync(path, spoiled);
      try {
        return checkProject(readProject(folder, readOnce), types).faults.map(({ message }) => message);
      } finally {
        writeFileSync(path, text);
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
