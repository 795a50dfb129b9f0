import { describe, expect, test } from 'vitest';
import {
  type ContainerGroupId,
  parseContainerGroupId,
  resourceIdOf,
} from '../../../src/aci/containerGroupId.ts';
import type { ContainerGroups } from '../../../src/aci/containerGroups.ts';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { ArmError } from '../../../src/aci/errors.ts';
import { type ListQuery, listContainerGroups } from '../../../src/aci/listing/listContainerGroups.ts';
import { scopedContainerGroups } from '../../../src/aci/scopedContainerGroups.ts';

const subscription = (number: number) => `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
const idOf = (number: number, resourceGroup: string, name: string): ContainerGroupId => ({
  subscriptionId: subscription(number),
  resourceGroup,
  name,
});

const throttled = (retryAfterSeconds?: number) =>
  new ArmError({ code: 'TooManyRequests', message: 'Wait.', status: 429, retryAfterSeconds });
const forbidden = new ArmError({ code: 'AuthorizationFailed', message: 'No.', status: 403 });

function documentOf(id: ContainerGroupId, state?: string): ContainerGroupDocument {
  return {
    id: resourceIdOf(id),
    location: 'westeurope',
    properties: {
      provisioningState: 'Succeeded',
      containers: [{ name: 'main', properties: { image: `image-of-${id.name}` } }],
      ...(state && { instanceView: { state } }),
    },
  };
}

/** Azure as a list sees it: groups with states, and what goes wrong at the next calls for a scope or a group. */
function azure(groups: [id: ContainerGroupId, state: string][], wrong: Record<string, ArmError[]> = {}) {
  const calls: string[] = [];
  let running = 0;
  let mostRunning = 0;
  let clock = 0;
  const waits: number[] = [];

  async function called<Answer>(call: string, answer: () => Answer): Promise<Answer> {
    calls.push(call);
    running += 1;
    mostRunning = Math.max(mostRunning, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    const error = wrong[call]?.shift();
    if (error) {
      throw error;
    }
    return answer();
  }

  const port: Pick<ContainerGroups, 'get' | 'list' | 'listSubscriptions'> = {
    listSubscriptions: () =>
      called('subscriptions', () => [...new Set(groups.map(([{ subscriptionId }]) => subscriptionId))]),
    list: ({ subscriptionId, resourceGroup }) =>
      called(`list ${Number(subscriptionId.slice(-12))}${resourceGroup ? ` ${resourceGroup}` : ''}`, () =>
        groups
          .filter(([id]) => id.subscriptionId === subscriptionId)
          .filter(([id]) => resourceGroup === undefined || id.resourceGroup === resourceGroup)
          .map(([id]) => ({ id, document: documentOf(id) })),
      ),
    get: (id) =>
      called(`get ${id.name}`, () => documentOf(id, groups.find(([group]) => group.name === id.name)?.[1])),
  };
  const containerGroups = port as ContainerGroups;
  return {
    calls,
    waits,
    mostRunning: () => mostRunning,
    list: (query: Partial<ListQuery> = {}, scopes?: string[]) =>
      listContainerGroups(
        scopes ? scopedContainerGroups(containerGroups, scopes) : containerGroups,
        { top: 1_000, ...query },
        scopes,
        {
          now: () => clock,
          wait: async (milliseconds) => {
            waits.push(milliseconds);
            clock += milliseconds;
          },
          until: 30_000,
        },
      ),
  };
}

const three = (): [ContainerGroupId, string][] => [
  [idOf(1, 'jobs', 'a'), 'Running'],
  [idOf(2, 'jobs', 'b'), 'Succeeded'],
  [idOf(3, 'other', 'c'), 'Failed'],
];

describe('the list of container groups', () => {
  test('tells what each is, and how it is', async () => {
    const { value, errors, after } = await azure(three()).list();

    expect(value[0]).toEqual({
      id: resourceIdOf(idOf(1, 'jobs', 'a')),
      name: 'a',
      resourceGroup: 'jobs',
      subscriptionId: subscription(1),
      location: 'westeurope',
      status: 'Running',
      provisioningState: 'Succeeded',
      image: 'image-of-a',
      containers: [{ name: 'main', image: 'image-of-a', state: undefined }],
    });
    expect(value.map(({ name, status }) => [name, status])).toEqual([
      ['a', 'Running'],
      ['b', 'Succeeded'],
      ['c', 'Failed'],
    ]);
    expect([errors, after]).toEqual([[], undefined]);
  });

  test('takes one call for the subscriptions, one for each, and one for each group, not all at once', async () => {
    const groups = Array.from({ length: 500 }, (_, index): [ContainerGroupId, string] => [
      idOf(1 + (index % 10), `rg-${index % 20}`, `group-${index}`),
      'Running',
    ]);
    const cloud = azure(groups);

    const { value } = await cloud.list();

    expect(value).toHaveLength(500);
    expect(cloud.calls).toHaveLength(1 + 10 + 500);
    expect(cloud.mostRunning()).toBeGreaterThan(10);
    expect(cloud.mostRunning()).toBeLessThanOrEqual(20);
  });

  test('shows what it can when one subscription is refused and another throttles', async () => {
    const cloud = azure(three(), { 'list 1': [forbidden], 'list 2': [throttled(7)], 'get c': [throttled()] });

    const { value, errors } = await cloud.list();

    expect(value.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(errors).toEqual([
      { scope: `/subscriptions/${subscription(1)}`, code: 'AuthorizationFailed', message: 'No.' },
    ]);
    expect(cloud.waits.toSorted()).toEqual([5_000, 7_000]); // 5 where Azure does not say
  });

  test('does not wait longer than it has time for', async () => {
    const cloud = azure(three(), {
      'list 2': [throttled(31)],
      'get a': [throttled(20), throttled(20)],
      'get c': [throttled(0)],
    });

    const { value, errors } = await cloud.list();

    expect(value.map(({ name, status }) => [name, status])).toEqual([
      ['a', 'Unknown'],
      ['c', 'Failed'],
    ]);
    expect(errors.map(({ scope, code }) => [scope, code])).toEqual([
      [`/subscriptions/${subscription(2)}`, 'TooManyRequests'],
      [resourceIdOf(idOf(1, 'jobs', 'a')), 'TooManyRequests'],
    ]);
  });

  test('asks for nothing more when its time is over, and waits a second at least', async () => {
    const cloud = azure(three(), {
      subscriptions: [throttled(0)],
      'list 1': [throttled(29)],
    });

    const { errors } = await cloud.list();

    expect(cloud.waits).toEqual([1_000, 29_000]);
    expect(errors.map(({ code }) => code)).toContain('ListTimedOut');
  });

  test('leaves out a group that is gone by the time it is asked for', async () => {
    const gone = new ArmError({ code: 'ResourceNotFound', message: 'Gone.', status: 404 });

    const { value, errors } = await azure(three(), { 'get b': [gone] }).list();

    expect([value.map(({ name }) => name), errors]).toEqual([['a', 'c'], []]);
  });

  test('of one subscription is Azure’s error when Azure refuses that', async () => {
    const cloud = azure(three(), { 'list 1': [forbidden] });

    await expect(cloud.list({ subscriptionId: subscription(1) })).rejects.toBe(forbidden);
    await expect(azure(three(), { subscriptions: [forbidden] }).list()).rejects.toBe(forbidden);
  });

  test('of a resource group asks each subscription for that alone, and most have none of its name', async () => {
    const missing = new ArmError({ code: 'ResourceGroupNotFound', message: 'None.', status: 404 });
    const cloud = azure(three(), { 'list 3 jobs': [missing] });

    const { value, errors } = await cloud.list({ resourceGroup: 'jobs' });

    expect(cloud.calls.filter((call) => call.startsWith('list')).sort()).toEqual([
      'list 1 jobs',
      'list 2 jobs',
      'list 3 jobs',
    ]);
    expect([value.map(({ name }) => name), errors]).toEqual([['a', 'b'], []]);
  });

  test('by status fills its pages all the same', async () => {
    const groups = Array.from({ length: 10 }, (_, index): [ContainerGroupId, string] => [
      idOf(1, 'jobs', `g${index}`),
      index % 3 === 0 ? 'Failed' : 'Running',
    ]);
    const cloud = azure(groups);

    const first = await cloud.list({ status: 'failed', top: 2 });
    const second = await cloud.list({ status: 'failed', top: 2, after: first.after });

    expect(first.value.map(({ name }) => name)).toEqual(['g0', 'g3']);
    expect(second.value.map(({ name }) => name)).toEqual(['g6', 'g9']);
    expect(second.after).toBeUndefined();
  });

  test('by status looks at many groups at once, and at no more than a thousand for a page', async () => {
    const groups = Array.from({ length: 1_500 }, (_, index): [ContainerGroupId, string] => [
      idOf(1, 'jobs', `g${String(index).padStart(4, '0')}`),
      'Running',
    ]);
    const cloud = azure(groups);

    const { value, after } = await cloud.list({ status: 'Failed', top: 1 });

    expect([value, after]).toEqual([[], resourceIdOf(idOf(1, 'jobs', 'g0999')).toLowerCase()]);
    expect(cloud.calls.filter((call) => call.startsWith('get'))).toHaveLength(1_000);
    expect(cloud.mostRunning()).toBe(20);
  });

  test.each([1, 2, 3, 4])('in pages of %d is the same list, each group once', async (top) => {
    const names: string[] = [];
    let after: string | undefined;
    do {
      const page = await azure(three()).list({ top, ...(after !== undefined && { after }) });
      expect(page.value.length).toBeLessThanOrEqual(top);
      names.push(...page.value.map(({ name }) => name));
      after = page.after;
      expect(after === undefined || parseContainerGroupId(after)).toBeTruthy();
    } while (after !== undefined);

    expect(names).toEqual(['a', 'b', 'c']);
  });

  test('looks only where ALLOWED_SCOPES lets it, and at each place once', async () => {
    const scope = `/subscriptions/${subscription(1)}`;
    const groups: [ContainerGroupId, string][] = [
      ...three(),
      [idOf(1, 'jobs-prod', 'd'), 'Running'],
      [idOf(3, 'other', 'e'), 'Running'],
    ];
    const cloud = azure(groups);

    const { value } = await cloud.list({}, [
      `${scope}/resourceGroups/jobs`,
      `${scope}/RESOURCEGROUPS/JOBS/providers/Microsoft.ContainerInstance/containerGroups/a`,
      resourceIdOf(idOf(3, 'other', 'c')),
    ]);

    expect(value.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(cloud.calls.filter((call) => !call.startsWith('get')).sort()).toEqual([
      'list 1 jobs',
      'list 3 other',
    ]);
  });
});
