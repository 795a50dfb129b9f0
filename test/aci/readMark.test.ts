import { describe, expect, test } from 'vitest';
import { readMark } from '../../src/aci/mark.ts';
import { groupOf, runId, running, terminated } from '../runs/markedGroup.ts';

test('a group carries the mark that all of its containers hold', () => {
  const mark = { RUN_ID: runId, RUN_ATTEMPT: '3' };

  expect(readMark(groupOf({ mark, containers: { one: running(), other: null } }))).toEqual({
    runId,
    attempt: 3,
  });
});

describe('a group without the mark of a run', () => {
  test.each([
    [{}],
    [{ RUN_ID: runId }],
    [{ RUN_ATTEMPT: '1' }],
    [{ RUN_ID: '', RUN_ATTEMPT: '1' }],
    [{ RUN_ID: runId, RUN_ATTEMPT: '0' }],
    [{ RUN_ID: runId, RUN_ATTEMPT: '1.5' }],
    [{ RUN_ID: runId, RUN_ATTEMPT: 'first' }],
    [{ run_id: runId, run_attempt: '1' }],
  ])('carries none of ours: %j', (mark) => {
    expect(readMark(groupOf({ mark, containers: { main: terminated(0) } }))).toBeUndefined();
  });

  test('in every container alike carries none', () => {
    const group = groupOf({ containers: { one: running(), other: running() } });
    const variables = group.properties.containers[1]?.properties.environmentVariables ?? [];
    Object.assign(variables[0] ?? {}, { value: 'another' });
    expect(readMark(group)).toBeUndefined();

    Object.assign(group.properties.containers[1] ?? {}, { properties: { image: 'image' } });
    expect(readMark(group)).toBeUndefined();
  });

  test('in clear text carries none', () => {
    const group = groupOf({});
    Object.assign(group.properties.containers[0]?.properties ?? {}, {
      environmentVariables: [{ name: 'RUN_ID' }, { name: 'RUN_ATTEMPT' }],
    });

    expect(readMark(group)).toBeUndefined();
  });
});
