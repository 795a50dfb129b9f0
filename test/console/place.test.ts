import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentOf, type Place, placeOf } from '../../src/console/place.ts';

const group = { subscriptionId: '00000000-0000-0000-0000-000000000000', resourceGroup: 'a (b)', name: 'one' };

test.each<[string, Place]>([
  ['', { view: 'jobs' }],
  ['#/', { view: 'jobs' }],
  ['#/jobs', { view: 'jobs' }],
  ['#/jobs/nightly', { view: 'job', job: 'nightly' }],
  ['#/groups', { view: 'groups' }],
  [`#/groups/${group.subscriptionId}/a%20(b)/one`, { view: 'group', group }],
  [`#/runs/${group.subscriptionId}/a%20(b)/one/1`, { view: 'run', group, runId: '1' }],
  ['#/history', { view: 'history', page: 0 }],
  [
    '#/history?job=nightly&status=Failed&within=day&page=3',
    { view: 'history', job: 'nightly', status: 'Failed', within: 'day', page: 2 },
  ],
])('%s leads to a place, and the place back to it', (fragment, place) => {
  expect(placeOf(fragment)).toEqual(place);
  expect(placeOf(fragmentOf(place))).toEqual(place);
});

test.each(['#/job', '#/jobs/', '#/jobs/a/b', '#/groups/a/b', '#/runs/a/b/c', '#/jobs/%', '#/constructor'])(
  '%s leads nowhere',
  (fragment) => {
    expect(placeOf(fragment)).toEqual({ view: 'nowhere' });
  },
);

test('whatever a job is called, there is a way to it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (job) => {
      fc.pre(job !== '.' && job !== '..');
      expect(placeOf(fragmentOf({ view: 'job', job }))).toEqual({ view: 'job', job });
    }),
  );
});

test.each(['#/jobs/.', '#/jobs/..', '#/runs/../../jobs/x', '#/groups/a/%2e%2e/b'])(
  '%s is nowhere: it would lead a request to another path',
  (fragment) => {
    expect(placeOf(fragment)).toEqual({ view: 'nowhere' });
  },
);

test('what is no filter is left out', () => {
  expect(placeOf('#/history?status=Odd&within=toString&from=yesterday&page=-1&x=1')).toEqual({
    view: 'history',
    page: 0,
  });
});
