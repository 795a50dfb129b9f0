import { expect, test } from 'vitest';
import { createArmCalls } from '../../src/aci/armCall.ts';
import { armContainerGroups } from '../../src/aci/armContainerGroups.ts';
import type { ContainerGroups } from '../../src/aci/containerGroups.ts';
import { ArmError } from '../../src/aci/errors.ts';
import { getIfThere } from '../../src/aci/getIfThere.ts';
import { scopedContainerGroups } from '../../src/aci/scopedContainerGroups.ts';

const scope = { subscriptionId: '00000000-0000-0000-0000-000000000000' };
const id = { ...scope, resourceGroup: 'jobs', name: 'one' };
const item = {
  id: `/subscriptions/${scope.subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/one`,
  properties: { containers: [] },
};

/** Container groups over an ARM that answers these pages, each as the nextLink of the one before says. */
function listing(...answers: object[]) {
  const asked: string[] = [];
  const groups = armContainerGroups(async (_, target) => {
    asked.push(target);
    return answers[asked.length - 1];
  });
  return { asked, groups };
}

test.each([
  'https://evil.example/next',
  'http://management.azure.com/next',
  'https://management.azure.com.evil.example/',
  'garbage',
  'http://[',
  'javascript:1',
])('a token does not follow to %s, nor is anybody asked', async (target) => {
  const call = createArmCalls({
    endpoint: 'https://management.azure.com',
    credential: 'caller',
    clientId: undefined,
    userAgent: 'test',
    traceHeaders: () => ({}),
    deadlineMs: 50,
    now: Date.now,
  }).as('the-token');

  await expect(call({ method: 'GET' }, target)).rejects.toMatchObject({ code: 'UnexpectedAnswer' });
});

test('pages are followed to the last', async () => {
  const { asked, groups } = listing(
    { value: [item], nextLink: 'https://management.azure.com/2' },
    { value: [item], nextLink: '' },
  );

  expect(await groups.list(scope)).toHaveLength(2);
  expect(asked[1]).toBe('https://management.azure.com/2');
});

test('pages that go round in circles are not followed', async () => {
  const { asked, groups } = listing(
    ...Array.from({ length: 10 }, () => ({ value: [], nextLink: 'https://management.azure.com/again' })),
  );

  await expect(groups.list(scope)).rejects.toMatchObject({ code: 'UnexpectedAnswer' });
  expect(asked).toHaveLength(2);
});

test('a page may be as large as it likes', async () => {
  const { groups } = listing({ value: Array.from({ length: 200_000 }, () => item) });

  expect(await groups.list(scope)).toHaveLength(200_000);
});

test('an odd item hides no other', async () => {
  const { groups } = listing({ value: [null, 7, {}, { id: 'x' }, { id: item.id }, item] });

  expect((await groups.list(scope)).map((each) => each.id.name)).toEqual(['one', 'one']);
});

test('only a missing group is not there: a missing resource group is an error', async () => {
  const failing = (code: string): Pick<ContainerGroups, 'get'> => ({
    get: () => Promise.reject(new ArmError({ code, message: '', status: 404 })),
  });

  expect(await getIfThere(failing('ResourceNotFound'), id)).toBeUndefined();
  await expect(getIfThere(failing('ResourceGroupNotFound'), id)).rejects.toMatchObject({
    code: 'ResourceGroupNotFound',
  });
});

test('every call for a group outside the scopes is refused', async () => {
  const reached: string[] = [];
  const all = new Proxy({} as ContainerGroups, {
    get: (_, verb) => () => {
      reached.push(String(verb));
      return Promise.resolve();
    },
  });
  const scoped = scopedContainerGroups(all, [`/subscriptions/${scope.subscriptionId}/resourceGroups/other`]);

  for (const call of [
    () => scoped.get(id),
    () => scoped.createOrUpdate(id, { properties: { containers: [] } }),
    () => scoped.update(id, {}),
    () => scoped.delete(id),
    () => scoped.start(id),
    () => scoped.stop(id),
    () => scoped.restart(id),
    () => scoped.listLogs(id, 'main', {}),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'ScopeNotAllowed' });
  }
  expect(reached).toEqual([]);
});
