import { beforeEach, describe, expect, test } from 'vitest';
import { preferenceOf } from '../../src/functions/http/prefer.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { collaboratorsOf, requestOf, type TestCollaborators } from './call.ts';
import { launched, seen } from './storedRuns.ts';

let now: number;
let waits: number;
let afterWait: () => Promise<void>;
let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;

beforeEach(() => {
  now = Date.parse('2026-01-31T13:00:00Z');
  waits = 0;
  afterWait = async () => {};
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, {
    now: () => now,
    onWait: async () => {
      waits += 1;
      now += 1_000;
      await afterWait();
    },
  });
});

describe('a caller who prefers to wait', () => {
  test('gets 200 with the run as soon as it is over', async () => {
    afterWait = async () => {
      if (waits === 3) {
        const [row] = await collaborators.requests.store.list(
          { subscriptionId: '11111111-2222-3333-4444-555555555555', resourceGroup: 'jobs', name: 'nightly' },
          1,
        );
        await seen(collaborators, groups, row?.id ?? '');
      }
    };

    const { status, headers, json } = await launched(collaborators, {}, { prefer: 'wait=10' });

    expect([status, json.status, waits]).toEqual([200, 'Succeeded', 3]);
    expect(headers.get('preference-applied')).toBe('wait=10');
    expect(headers.has('retry-after')).toBe(false);
    expect(headers.get('operation-location')).toBe(json.links.self);
  });

  test('gets 202 when the run takes longer', async () => {
    const { status, headers, json } = await launched(collaborators, {}, { prefer: 'wait=10' });

    expect([status, json.status, waits]).toEqual([202, 'NotStarted', 10]);
    expect(headers.get('retry-after')).toBe('5');
  });

  test('gets the run all the same when the storage fails meanwhile: to ask again would be to start another one', async () => {
    afterWait = async () => {
      collaborators.rows.failures.get = { error: new StorageError('it answered 503') };
    };

    const { status, headers, json } = await launched(collaborators, {}, { prefer: 'wait=3' });

    expect([status, json.status, waits]).toEqual([202, 'NotStarted', 3]);
    expect(headers.get('operation-location')).toBe(json.links.self);
  });

  test('does not wait without being asked to', async () => {
    const { headers } = await launched(collaborators);

    expect([waits, headers.has('preference-applied')]).toEqual([0, false]);
  });
});

test.each([
  [undefined, 0, undefined],
  ['wait=5', 5, 'wait=5'],
  ['WAIT = "7"', 7, 'wait=7'],
  ['wait=1000', 100, 'wait=100'],
  ['respond-async', 0, 'respond-async'],
  ['respond-async, wait=3', 3, 'respond-async, wait=3'],
  ['return=minimal; foo="a", wait=2; bar', 2, 'wait=2'],
  ['wait=1, wait=9', 1, 'wait=1'],
  ['wait=0', 0, 'wait=0'],
  ['wait', 0, undefined],
  ['wait=-1', 0, undefined],
  ['wait=1.5', 0, undefined],
  ['wait=soon', 0, undefined],
  [', ;=,', 0, undefined],
])('Prefer: %s is to wait for %i seconds, and Preference-Applied: %s', (prefer, waitSeconds, applied) => {
  const request = requestOf({ headers: prefer === undefined ? {} : { prefer } });

  expect(preferenceOf(request)).toEqual({
    waitSeconds,
    headers: applied === undefined ? {} : { 'preference-applied': applied },
  });
});
