import { expect, test } from 'vitest';
import { decidingContainer } from '../../src/jobs/decidingContainer.ts';
import { jobOf } from './jobsFile.ts';

const id = { subscriptionId: '11111111-2222-3333-4444-555555555555', resourceGroup: 'jobs', name: 'nightly' };
const main = jobOf({ container: 'main' });
const side = jobOf({ container: 'side' });
const any = jobOf({});

test.each([
  ['names it', [main], 'main'],
  ['name the same', [main, main], 'main'],
  ['name different ones', [main, side], undefined],
  ['name one, and none', [main, any], undefined],
  ['name none', [any], undefined],
  ['are not there', [], undefined],
])('the end of a group’s runs, when its jobs %s', (_, jobs, container) => {
  expect(decidingContainer(jobs, id)).toBe(container);
});

test('is not for other groups to decide, and a name’s case is nothing to tell groups apart by', () => {
  expect(decidingContainer([main], { ...id, name: 'other' })).toBeUndefined();
  expect(decidingContainer([main], { ...id, resourceGroup: 'JOBS' })).toBe('main');
});
