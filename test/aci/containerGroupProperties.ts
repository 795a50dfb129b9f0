import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row of ACI's property list. */
export type Property = {
  path: string;
  type: string;
  readOnly: string;
  writeOnly: string;
  inStable: string;
  note: string;
};

/** ACI's property list, as local/aci/container-group-properties.tsv keeps it with the source of each row. */
export function containerGroupProperties(): Property[] {
  const file = join(import.meta.dirname, '../../local/aci/container-group-properties.tsv');
  const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = header.split('\t');
  const column = (cells: string[], name: string) => cells[names.indexOf(name)] ?? '';
  return rows.map((row) => {
    const cells = row.split('\t');
    return {
      path: column(cells, 'path'),
      type: column(cells, 'type'),
      readOnly: column(cells, 'readOnly'),
      writeOnly: column(cells, 'writeOnly'),
      inStable: column(cells, 'in_2026-07-01'),
      note: column(cells, 'note'),
    };
  });
}
