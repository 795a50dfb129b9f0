import { describe, expect, test } from 'vitest';
import type { EnvironmentVariable } from '../../src/aci/document.ts';
import { isReservedName, markVariables, taskVariables, withoutMark } from '../../src/aci/mark.ts';

const named = (variables: [string, string][]) => variables.map(([name, value]) => ({ name, value }));
const mark = named(markVariables({ runId: 'the run', attempt: 1 }));
const task = named(taskVariables({ taskIndex: 0, taskCount: 3 }));

describe("the launcher's own variables", () => {
  test('are reserved, in any case', () => {
    for (const { name } of [...mark, ...task]) {
      expect([name, name.toLowerCase()].map(isReservedName)).toEqual([true, true]);
    }
    expect(isReservedName('RUN_TASK')).toBe(false);
  });

  const group = (environmentVariables: EnvironmentVariable[]) => ({
    properties: { containers: [{ name: 'main', properties: { environmentVariables } }] },
  });
  const other = { name: 'A', value: '1' };

  test.each([
    ['a mark', mark],
    ['a mark and a task', [...mark, ...task]],
  ])('are taken out of a document as %s', (_, variables) => {
    expect(withoutMark(group([...variables, other]))).toEqual(group([other]));
  });

  test.each([
    ['half a mark', mark.slice(1)],
    ['one of a mark twice', [...mark.slice(1), ...mark.slice(1)]],
    ['a task without a mark', task],
    ['a mark with half a task', [...mark, ...task.slice(1)]],
  ])('are left in it as %s, to be refused', (_, variables) => {
    expect(withoutMark(group([...variables, other]))).toEqual(group([...variables, other]));
  });
});
