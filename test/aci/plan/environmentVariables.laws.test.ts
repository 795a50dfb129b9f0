import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EnvironmentVariable } from '../../../src/aci/document.ts';
import {
  mergeEnvironmentVariables,
  type VariableOverride,
} from '../../../src/aci/plan/environmentVariables.ts';

/** Few names, so that overrides meet live variables, and each other's prefixes, often. */
const name = fc.constantFrom('A', 'AB', 'a', '_', 'PATH', 'constructor', '__proto__');

const variable: fc.Arbitrary<EnvironmentVariable> = fc.oneof(
  fc.record(
    { name, value: fc.string(), futureMember: fc.jsonValue() },
    { requiredKeys: ['name', 'value'], noNullPrototype: true },
  ),
  fc.record({ name, secureValueReference: fc.string() }, { noNullPrototype: true }),
  fc.record({ name }, { noNullPrototype: true }),
);
const live = fc.uniqueArray(variable, { selector: (each) => each.name });
const override: fc.Arbitrary<VariableOverride> = fc.oneof(
  fc.record({ value: fc.string() }, { noNullPrototype: true }),
  fc.record({ secureValue: fc.string() }, { noNullPrototype: true }),
  fc.constant(null),
);
const overrides = fc.array(fc.tuple(name, override)).map((entries) => new Map(entries));

const law = (
  title: string,
  holds: (variables: EnvironmentVariable[], asked: Map<string, VariableOverride>) => void,
) =>
  test(title, () => {
    fc.assert(fc.property(live, overrides, holds), { numRuns: 500 });
  });

describe('the merge of environment variables', () => {
  law('changes nothing when nothing is asked', (variables) => {
    expect(mergeEnvironmentVariables(variables, new Map())).toStrictEqual(variables);
  });

  law('is the same when it is done twice', (variables, asked) => {
    const once = mergeEnvironmentVariables(variables, asked);
    expect(mergeEnvironmentVariables(once, asked)).toStrictEqual(once);
  });

  law('mutates nothing', (variables, asked) => {
    const before = structuredClone(variables);
    mergeEnvironmentVariables(variables, asked);
    expect(variables).toStrictEqual(before);
  });

  law(
    'gives every variable that is asked for its value, and takes away those asked to go',
    (variables, asked) => {
      const merged = mergeEnvironmentVariables(variables, asked);
      for (const [asking, value] of asked) {
        const found = merged.filter((each) => each.name === asking);
        expect(found.length).toBe(value === null ? 0 : 1);
        for (const { value: plain, secureValue, secureValueReference } of found) {
          expect({ plain, secureValue, secureValueReference }).toEqual(
            value && 'value' in value ? { plain: value.value } : { secureValue: value?.secureValue },
          );
        }
      }
    },
  );

  law('keeps every other variable as it is, in its order', (variables, asked) => {
    const merged = mergeEnvironmentVariables(variables, asked);
    expect(merged.filter((each) => !asked.has(each.name))).toStrictEqual(
      variables.filter((each) => !asked.has(each.name)),
    );
  });

  law('keeps members of a variable that nobody has heard of', (variables, asked) => {
    for (const each of mergeEnvironmentVariables(variables, asked)) {
      const before = variables.find((one) => one.name === each.name);
      expect(each['futureMember']).toStrictEqual(before?.['futureMember']);
    }
  });

  law('comes to the same in one step or in two', (variables, asked) => {
    const [first, second] = [[...asked].slice(0, 2), [...asked].slice(2)].map((part) => new Map(part));
    const inTwo = mergeEnvironmentVariables(
      mergeEnvironmentVariables(variables, first ?? new Map()),
      second ?? new Map(),
    );
    expect(inTwo).toStrictEqual(mergeEnvironmentVariables(variables, asked));
  });

  test('leaves one variable of a name that the group holds twice, once it is asked for', () => {
    const twice = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
      { name: 'A', value: '3' },
    ];

    expect(mergeEnvironmentVariables(twice, new Map([['A', { value: '4' }]]))).toStrictEqual([
      { name: 'A', value: '4' },
      { name: 'B', value: '2' },
    ]);
  });

  test('takes null and nothing for an empty list, as ARM does', () => {
    expect(mergeEnvironmentVariables(null, new Map([['A', { value: '1' }]]))).toStrictEqual([
      { name: 'A', value: '1' },
    ]);
    expect(mergeEnvironmentVariables(undefined, new Map())).toStrictEqual([]);
  });
});
