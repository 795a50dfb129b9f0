import { describe, expect, test } from 'vitest';
import {
  fixedProperties,
  readOnlyProperties,
  secureVariableProperties,
  writeOnlyProperties,
} from '../../src/aci/properties.ts';
import { containerGroupProperties } from './containerGroupProperties.ts';

const isAtOrBelow = (path: string, places: readonly string[]) =>
  places.some((place) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
const known = new Set(containerGroupProperties().map(({ path }) => path));

describe("what a launch treats apart is ACI's own property list", () => {
  test('every read-only property is stripped, and nothing that can be written', () => {
    const rows = containerGroupProperties();
    const readOnly = rows.filter((row) => row.readOnly !== '').map(({ path }) => path);
    const writable = rows.filter((row) => row.readOnly === '').map(({ path }) => path);

    expect(readOnly.length).toBeGreaterThan(50);
    expect(readOnly.filter((path) => !isAtOrBelow(path, readOnlyProperties))).toEqual([]);
    expect(writable.filter((path) => isAtOrBelow(path, readOnlyProperties))).toEqual([]);
  });

  test('every write-only property is put back or asked for, and no other', () => {
    const writeOnly = containerGroupProperties().filter((row) => row.writeOnly !== '');

    expect([...secureVariableProperties, ...writeOnlyProperties.map(({ path }) => path)].sort()).toEqual(
      writeOnly.map(({ path }) => path).sort(),
    );
  });

  test('what may stand in the place of a secret is a property of the same object', () => {
    for (const { path, instead } of writeOnlyProperties) {
      for (const member of instead) {
        expect(known).toContain(path.replace(/[^.]+$/, member));
      }
    }
  });

  test('whatever ACI cannot change in place is refused', () => {
    const fixed = containerGroupProperties().filter(({ note }) =>
      /change (?:needs delete|=> InvalidContainerGroupUpdate)/.test(note),
    );

    expect(fixed.length).toBeGreaterThan(4);
    expect(fixed.map(({ path }) => path).filter((path) => !isAtOrBelow(path, fixedProperties))).toEqual([]);
  });
});
