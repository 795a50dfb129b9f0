import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyName, isCopyOf } from '../../../src/aci/clone/copyName.ts';
import { isLabel } from '../../../src/aci/create/nameFaults.ts';

/** A name of a group, as ARM takes it in a path: in either case. */
const groupName = fc.stringMatching(/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/);
const runId = fc.uuid({ version: 7 });
const index = fc.nat(999_999_999);

test('a name keeps the start of the template, and tells run and task', () => {
  const name = copyName('Nightly', '019a0000-0000-7000-8000-000000000000', 3);

  expect(name).toMatch(/^nightly-[0-9a-f]{12}-3$/);
  expect(copyName('Nightly', '019a0000-0000-7000-8000-000000000000', 3)).toBe(name);
});

test('no hyphen is left where the template was cut', () => {
  expect(copyName(`${'a'.repeat(39)}-b`, 'run', 0)).toMatch(/^a{39}-[0-9a-f]{12}-0$/);
});

test('every name is one that ACI takes', () => {
  fc.assert(
    fc.property(groupName, runId, index, (template, run, task) => {
      expect(copyName(template, run, task)).toSatisfy((name: string) => isLabel(name, 1));
    }),
  );
});

test('names of other runs and tasks are other names', () => {
  const copies = fc.uniqueArray(fc.tuple(runId, index), {
    minLength: 2,
    selector: ([run, task]) => run + task,
  });
  fc.assert(
    fc.property(groupName, copies, (template, each) => {
      expect(new Set(each.map(([run, task]) => copyName(template, run, task))).size).toBe(each.length);
    }),
  );
});

test('a copy is known by its name, in any case, and no other group is', () => {
  fc.assert(
    fc.property(groupName, runId, runId, index, (template, run, other, task) => {
      const name = copyName(template, run, task);
      expect(isCopyOf(name, template, run)).toBe(true);
      expect(isCopyOf(name.toUpperCase(), template.toUpperCase(), run)).toBe(true);
      expect(isCopyOf(name, template, other)).toBe(run === other);
      expect(isCopyOf(`${name}-x`, template, run)).toBe(false);
      expect(isCopyOf(template, template, run)).toBe(false);
    }),
  );
});
