import { beforeEach, describe, expect, test } from 'vitest';
import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import { deleteContainerGroup } from '../../src/functions/deleteContainerGroup.ts';
import { listContainerGroups } from '../../src/functions/listContainerGroups.ts';
import { operateContainerGroup } from '../../src/functions/operateContainerGroup.ts';
import { putContainerGroup } from '../../src/functions/putContainerGroup.ts';
import { updateContainerGroup } from '../../src/functions/updateContainerGroup.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams as params, type TestCollaborators } from './call.ts';
import { launched, seen } from './storedRuns.ts';

const free = () => inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
const document = {
  location: 'westeurope',
  properties: {
    osType: 'Linux',
    containers: [
      { name: 'main', properties: { image: 'any', resources: { requests: { cpu: 1, memoryInGB: 1 } } } },
    ],
  },
};

describe('PUT', () => {
  test('is refused while a run holds the group, and done when it is forced', async () => {
    const groups = free();
    const collaborators = collaboratorsOf(groups);
    await launched(collaborators);
    groups.written = [];
    const put = putContainerGroup(collaborators);

    expect(await call(put, { method: 'PUT', params, body: document })).toMatchObject({ status: 409 });
    expect(groups.written).toEqual([]);
    expect(await call(put, { method: 'PUT', params, body: document, query: '?force=true' })).toMatchObject({
      status: 200,
    });
    expect(groups.written).toHaveLength(1);
  });

  test('takes back what ARM answered of a launched group, without the mark and what ARM refuses', async () => {
    const groups = inMemoryContainerGroups();
    const [container] = document.properties.containers;
    const answered = {
      ...document,
      id: '/x',
      properties: {
        ...document.properties,
        provisioningState: 'Succeeded',
        imageRegistryCredentials: [{ server: 'r', username: 'u', password: 'p', isDelegatedIdentity: false }],
        containers: [
          {
            ...container,
            properties: {
              ...container?.properties,
              environmentVariables: [
                { name: 'A', value: '1' },
                { name: 'RUN_ID', value: '019a0000-0000-7000-8000-000000000000' },
                { name: 'RUN_ATTEMPT', value: '1' },
              ],
              instanceView: { restartCount: 0 },
            },
          },
        ],
      },
    };

    expect(
      await call(putContainerGroup(collaboratorsOf(groups)), { method: 'PUT', params, body: answered }),
    ).toMatchObject({
      status: 201,
    });
    const [written] = groups.written as ContainerGroupDocument[];
    expect(written?.properties['imageRegistryCredentials']).toEqual([
      { server: 'r', username: 'u', password: 'p' },
    ]);
    expect(written?.properties.containers[0]?.properties).not.toHaveProperty('instanceView');
    expect(written?.properties.containers[0]?.properties.environmentVariables).toEqual([
      { name: 'A', value: '1' },
    ]);
    expect(written).not.toHaveProperty('id');
  });

  test('refuses half a mark, which is somebody’s own variable', async () => {
    const [container] = document.properties.containers;
    const environmentVariables = [{ name: 'RUN_ID', value: 'mine' }];
    const body = {
      ...document,
      properties: {
        containers: [{ ...container, properties: { ...container?.properties, environmentVariables } }],
      },
    };

    expect(
      await call(putContainerGroup(collaboratorsOf(inMemoryContainerGroups())), {
        method: 'PUT',
        params,
        body,
      }),
    ).toMatchObject({ status: 400 });
  });
});

describe.each([
  ['DELETE', deleteContainerGroup, 'DELETE', 'delete nightly'],
  ['start', operateContainerGroup.bind(null, 'start'), 'POST', 'start nightly'],
  ['stop', operateContainerGroup.bind(null, 'stop'), 'POST', 'stop nightly'],
  ['restart', operateContainerGroup.bind(null, 'restart'), 'POST', 'restart nightly'],
] as const)('%s', (_, make, method, armCall) => {
  let groups: InMemoryContainerGroups;
  let collaborators: TestCollaborators;
  beforeEach(() => {
    groups = free();
    collaborators = collaboratorsOf(groups);
  });

  test('is 409 while a run holds the group, with the run that does, and without asking ARM', async () => {
    const { json } = await launched(collaborators);
    groups.calls = [];

    expect(await call(make(collaborators), { method, params })).toMatchObject({
      status: 409,
      json: {
        error: {
          code: 'RunInProgress',
          message: expect.stringContaining('"ifRunning": "queue"'),
          details: [{ target: json.id }],
        },
      },
    });
    expect(groups.calls).toEqual([]);
    const forced = await call(make(collaborators), { method, params, query: '?force=true' });
    expect(forced.status).toBeLessThan(300);
    expect(groups.calls).toContain(armCall);
  });

  test('names no run of a group that is out of scope', async () => {
    await launched(collaborators);
    const config = {
      ...collaborators.config,
      scopes: ['/subscriptions/00000000-0000-0000-0000-000000000000'],
    };

    expect(await call(make({ ...collaborators, config }), { method, params })).toMatchObject({
      status: 403,
      json: { error: { code: 'ScopeNotAllowed' } },
    });
  });

  test('goes on once the run is over, and in a group that has had none', async () => {
    expect((await call(make(collaboratorsOf(free())), { method, params })).status).toBeLessThan(300);

    const { json } = await launched(collaborators);
    await seen(collaborators, groups, json.id);
    expect((await call(make(collaborators), { method, params })).status).toBeLessThan(300);
  });

  test('of a group that is not there is ARM’s own error', async () => {
    const answer = await call(make(collaborators), { method, params: { ...params, name: 'nobody' } });

    expect(answer).toMatchObject({ status: 404, json: { error: { code: 'ResourceNotFound' } } });
  });
});

test('an operation refuses a body: what it asks for would not be done', async () => {
  const stop = operateContainerGroup('stop', collaboratorsOf(free()));

  expect(await call(stop, { method: 'POST', params, body: { force: true } })).toMatchObject({
    status: 400,
  });
});

test('PATCH merges tags whose names differ in case alone, as Azure does', async () => {
  const group = {
    ...groupOf({ containers: { main: terminated(0) } }),
    tags: { Env: 'a', owner: 'x', empty: '' },
  };
  const groups = inMemoryContainerGroups(group);
  const body = { tags: { env: 'b', OWNER: null } };

  expect(
    await call(updateContainerGroup(collaboratorsOf(groups)), { method: 'PATCH', params, body }),
  ).toMatchObject({
    json: { tags: { Env: 'b', empty: '' } },
  });
});

describe('a list', () => {
  test('keeps its query in the link to its next page', async () => {
    const { id: _, ...group } = groupOf({ containers: { main: terminated(0) } });
    const groups = inMemoryContainerGroups(
      ...['a', 'b'].map((name) => ({
        ...group,
        id: `/subscriptions/${params.subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/${name}`,
        properties: { ...group.properties, instanceView: { state: 'Succeeded' } },
      })),
    );
    const query = `?status=Succeeded&top=1&resourceGroup=jobs&subscriptionId=${params.subscriptionId}`;

    const { json } = await call(listContainerGroups(collaboratorsOf(groups)), { query });
    const link = new URL((json as { nextLink: string }).nextLink);

    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      status: 'Succeeded',
      top: '1',
      resourceGroup: 'jobs',
      subscriptionId: params.subscriptionId,
    });
  });

  test('of what ALLOWED_SCOPES leaves nothing of is 403', async () => {
    const settings = { ALLOWED_SCOPES: `/subscriptions/${params.subscriptionId}/resourceGroups/other` };
    const list = listContainerGroups(collaboratorsOf(inMemoryContainerGroups(), { settings }));

    expect(await call(list, { query: '?resourceGroup=jobs' })).toMatchObject({ status: 403 });
  });
});
