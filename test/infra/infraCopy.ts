import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Checked, checkProject } from '../../scripts/infra/check/checkProject.ts';
import { readResourceTypes } from '../../scripts/infra/types/resourceTypes.ts';

export const infra = join(import.meta.dirname, '../../infra');

const types = readResourceTypes();

/** What the check finds in infra/ as it is. */
export function checkInfra(): Checked {
  return checkProject(infra, types);
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
        return checkProject(folder, types).faults.map(({ message }) => message);
      } finally {
        writeFileSync(path, text);
      }
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
