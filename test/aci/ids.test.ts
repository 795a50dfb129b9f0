import { describe, expect, test } from 'vitest';
import {
  containerGroupIdFaults,
  parseContainerGroupId,
  resourceIdOf,
} from '../../src/aci/containerGroupId.ts';
import { isInScopes, isScope } from '../../src/aci/scopes.ts';

const subscriptionId = '00000000-0000-0000-0000-000000000000';
const id = { subscriptionId, resourceGroup: 'jobs', name: 'nightly' };

describe('the id of a container group', () => {
  test('is read back from its resource id, in any case', () => {
    expect(parseContainerGroupId(resourceIdOf(id))).toEqual(id);
    expect(parseContainerGroupId(resourceIdOf(id).toUpperCase())).toEqual({
      subscriptionId,
      resourceGroup: 'JOBS',
      name: 'NIGHTLY',
    });
  });

  test.each([
    '',
    '/',
    resourceIdOf({ ...id, name: 'a/b' }),
    resourceIdOf({ ...id, subscriptionId: '..' }),
    `${resourceIdOf(id)}/x`,
  ])('is not read from %s', (text) => {
    expect(parseContainerGroupId(text)).toBeUndefined();
  });

  test.each([
    ['subscriptionId', ['', '..', 'x'.repeat(36), `${subscriptionId}0`]],
    ['resourceGroup', ['', '..', 'ends.', 'a/b', 'a?b', 'a#b', 'a%b', 'a b', 'x'.repeat(91)]],
    ['name', ['', '-a', 'a-', 'a_b', '.', '..', 'a'.repeat(64), 'a%2Fb', 'a?']],
  ])('breaks ARM’s rules when %s is none of its names', (part, values) => {
    for (const value of values) {
      expect(containerGroupIdFaults({ ...id, [part]: value }).map(({ target }) => target)).toEqual([part]);
    }
  });

  test.each(['a', '(jobs)', 'Jobs_1.x-y', 'größe', 'x'.repeat(90)])(
    'takes the resource group %s',
    (resourceGroup) => {
      expect(containerGroupIdFaults({ ...id, resourceGroup })).toEqual([]);
    },
  );
});

test('a name that only Unicode’s lower case maps onto a scope is outside of it', () => {
  const kelvin = resourceIdOf({ ...id, resourceGroup: 'bac\u212Aups' });

  expect(isInScopes(kelvin, [`/subscriptions/${subscriptionId}/resourceGroups/backups`])).toBe(false);
});

describe('scopes', () => {
  const group = resourceIdOf(id);

  test.each([
    [[`/subscriptions/${subscriptionId}`], true],
    [[`/SUBSCRIPTIONS/${subscriptionId}/RESOURCEGROUPS/JOBS`], true],
    [[group], true],
    [[`/subscriptions/${subscriptionId}/resourceGroups/job`], false],
    [[`/subscriptions/${subscriptionId}/resourceGroups/jobs-prod`], false],
    [[`${group}-2`], false],
    [[], false],
    [undefined, true],
  ])('%o: %s', (scopes, isIn) => {
    expect(isInScopes(group, scopes)).toBe(isIn);
  });

  test.each([
    [`/subscriptions/${subscriptionId}`, true],
    [`/subscriptions/${subscriptionId}/resourceGroups/r`, true],
    ['/subscriptions/*', false],
    [`/subscriptions/${subscriptionId}/resourceGroups/a b`, false],
    [group, true],
    ['/', false],
    ['/subscriptions', false],
    ['subscriptions/s', false],
    ['/subscriptions/s/resourceGroup/r', false],
    ['/providers/Microsoft.Management/managementGroups/m', false],
  ])('%s is a scope: %s', (text, isOne) => {
    expect(isScope(text)).toBe(isOne);
  });
});
