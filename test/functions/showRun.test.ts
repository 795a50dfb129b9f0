import { beforeEach, describe, expect, test } from 'vitest';
import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import { showContainerGroup } from '../../src/functions/showContainerGroup.ts';
import { showRun } from '../../src/functions/showRun.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { at, groupOf, running, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams, groupUrl, resourceId, type TestCollaborators } from './call.ts';
import { afterLaunch, launched, looked, seen, storedRun } from './storedRuns.ts';

const runId = newRunId(Date.parse('2026-01-31T13:00:00Z'), new Uint8Array(16).fill(1));
const params = { ...groupParams, runId };
const self = `${groupUrl}/runs/${runId}`;
const links = {
  self,
  logs: `${self}/logs`,
  cancel: `${self}/cancel`,
  rerun: `${self}/rerun`,
  containerGroup: groupUrl,
};

let now: number;
let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
const asked = (given: Record<string, string> = params) => call(showRun(collaborators), { params: given });

beforeEach(async () => {
  now = Date.parse('2026-01-31T13:00:00Z');
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, { now: () => now });
});

describe('a run', () => {
  test('that still runs is 200, and says when to ask again; ARM is not asked', async () => {
    await launched(collaborators);
    await seen(collaborators, groups, runId, { main: running(at(3605)) });
    groups.calls = [];

    const { status, json, headers } = await asked();

    expect(status).toBe(200);
    expect(json).toMatchObject({ id: runId, status: 'Running', links });
    expect(headers.get('retry-after')).toBe('5');
    expect(groups.calls).toEqual([]);
  });

  test.each([
    [0, 'Succeeded'],
    [3, 'Failed'],
  ])('that ended with exit code %i is 200 too: %s', async (exitCode, expected) => {
    await launched(collaborators);
    await seen(collaborators, groups, runId, { main: terminated(exitCode, afterLaunch) });

    const { status, json, headers } = await asked();

    expect(status).toBe(200);
    expect(json).toMatchObject({ status: expected, containers: [{ exitCode }], links });
    expect(headers.has('retry-after')).toBe(false);
  });

  test('that waits for another says so', async () => {
    await launched(collaborators);
    const { json } = await launched(collaborators, { ifRunning: 'queue' });

    expect((await asked({ ...params, runId: json.id })).json).toMatchObject({ reason: 'Queued' });
  });

  test('is found by its id in capitals, and whatever the case of its group', async () => {
    await launched(collaborators);
    const given = { ...params, name: 'NIGHTLY', runId: runId.toUpperCase() };

    expect((await asked(given)).json).toMatchObject({ id: runId, links });
  });

  test.each(['latest', '', '__proto__', '019a0000-0000-4000-8000-000000000000'])(
    'is not found by %j, and the storage is not asked',
    async (name) => {
      collaborators.rows.failures.get = { error: new Error('it was asked') };

      expect(await asked({ ...params, runId: name })).toMatchObject({
        status: 404,
        json: { error: { code: 'RunNotFound' } },
      });
    },
  );

  test('is not found where the group has had no such run', async () => {
    await launched(collaborators);
    const other = '019a0000-0000-7000-8000-000000000000';

    for (const given of [
      { ...params, runId: other },
      { ...params, name: 'other' },
    ]) {
      expect(await asked(given)).toMatchObject({ status: 404, json: { error: { code: 'RunNotFound' } } });
    }
  });

  test('outside ALLOWED_SCOPES is 403, though it is stored', async () => {
    await launched(collaborators);
    const scopes = [`/subscriptions/${groupParams.subscriptionId}/resourceGroups/other`];
    const held = { ...collaborators, config: { ...collaborators.config, scopes } };

    expect(await call(showRun(held), { params })).toMatchObject({ status: 403 });
  });
});

describe('a run whose next look is overdue', () => {
  const messages = () => collaborators.watchQueue.messages.map(({ message }) => message);

  test('gets a message when it is asked for, which nobody can take for an old one', async () => {
    await launched(collaborators);
    const { lookAt } = await storedRun(collaborators, runId);
    collaborators.watchQueue.messages = [];
    now = lookAt + 60_000;
    await asked();
    expect(messages()).toEqual([]);

    now += 1;
    await asked();
    expect(messages()).toEqual([{ containerGroup: resourceId, runId, queuedAt: now }]);
  });

  test('gets none once it is over and nothing is left to do', async () => {
    await launched(collaborators);
    await seen(collaborators, groups, runId);
    expect(await storedRun(collaborators, runId)).toMatchObject({ duties: [] });
    collaborators.watchQueue.messages = [];
    now += 86_400_000;
    await asked();

    expect(messages()).toEqual([]);
  });

  test('is shown all the same when the message cannot be sent', async () => {
    await launched(collaborators);
    now += 86_400_000;
    collaborators.watchQueue.failure = { error: new StorageError('it answered 500') };

    expect((await asked()).status).toBe(200);
  });
});

describe('a container group', () => {
  const shown = (group: ContainerGroupDocument) => {
    groups.put(group);
    return call(showContainerGroup(collaborators), { params: groupParams });
  };

  test('is shown with the run that it carries', async () => {
    await launched(collaborators);
    const group = groupOf({
      mark: { RUN_ID: runId, RUN_ATTEMPT: '1' },
      containers: { main: terminated(3, afterLaunch) },
    });
    groups.put(group);
    await looked(collaborators, runId);

    const { status, json } = await shown(group);

    expect(status).toBe(200);
    expect(json).toMatchObject({
      name: 'nightly',
      subscriptionId: groupParams.subscriptionId,
      resourceGroup: 'jobs',
      provisioningState: 'Succeeded',
      containers: [{ name: 'main', state: 'Terminated', exitCode: 3 }],
      run: { id: runId, status: 'Failed', reason: 'NonZeroExit', links },
    });
  });

  test('without one, or with one that nobody knows, is shown without one', async () => {
    expect((await shown(groupOf({ mark: {} }))).json).not.toHaveProperty('run');
    expect((await shown(groupOf({}))).json).not.toHaveProperty('run');
  });

  test('shows no value that is secure', async () => {
    const group = groupOf({});
    group.properties.containers[0]?.properties.environmentVariables?.push(
      { name: 'BARE' },
      { name: 'LEAKED', secureValue: 'hunter2' },
      { name: 'PLAIN', value: 'plain' },
    );

    const { text, json } = await shown(group);

    expect(text).not.toContain('hunter2');
    expect(json.containers[0].environmentVariables.slice(2)).toEqual([
      { name: 'BARE', secureValue: '(secure)' },
      { name: 'LEAKED', secureValue: '(secure)' },
      { name: 'PLAIN', value: 'plain' },
    ]);
  });
});
