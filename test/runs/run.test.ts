import { expect, test } from 'vitest';
import { isOver } from '../../src/runs/run.ts';

test('a run is over when nothing more will happen to it', () => {
  const statuses = ['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'] as const;

  expect(statuses.filter((status) => isOver({ status }))).toEqual(['Succeeded', 'Failed', 'Canceled']);
});
