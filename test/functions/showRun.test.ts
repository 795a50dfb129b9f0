import { describe, expect, test } from 'vitest';
import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import { showContainerGroup } from '../../src/functions/showContainerGroup.ts';
import { showRun } from '../../src/functions/showRun.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, runId, running, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams, groupUrl } from './call.ts';

const params = { ...groupParams, runId };
const links = { self: `${groupUrl}/runs/${runId}`, logs: `${groupUrl}/logs`, containerGroup: groupUrl };

const asked = (group: ContainerGroupDocument, given: Record<string, string> = params) =>
  call(showRun(collaboratorsOf(inMemoryContainerGroups(group))), { params: given });

describe('a run', () => {
  test('that still runs is 200, and says when to ask again', async () => {
    const { status, json, headers } = await asked(groupOf({ containers: { main: running() } }));

    expect(status).toBe(200);
    expect(json).toMatchObject({ id: runId, status: 'Running', links });
    expect(headers.get('retry-after')).toBe('5');
  });

  test.each([
    [0, 'Succeeded'],
    [3, 'Failed'],
  ])('that ended with exit code %i is 200 too: %s', async (exitCode, expected) => {
    const { status, json, headers } = await asked(groupOf({ containers: { main: terminated(exitCode) } }));

    expect(status).toBe(200);
    expect(json).toMatchObject({ status: expected, containers: [{ exitCode }], links });
    expect(headers.has('retry-after')).toBe(false);
  });

  test('is found by its id in capitals', async () => {
    const given = { ...params, runId: runId.toUpperCase() };

    expect((await asked(groupOf({}), given)).json).toMatchObject({ id: runId, links });
  });

  test.each(['latest', '', '__proto__', '019a0000-0000-4000-8000-000000000000'])(
    'is not found by %j, and Azure is not asked',
    async (name) => {
      const groups = inMemoryContainerGroups(groupOf({}));
      const answer = await call(showRun(collaboratorsOf(groups)), { params: { ...params, runId: name } });

      expect(answer).toMatchObject({ status: 404, json: { error: { code: 'RunNotFound' } } });
      expect(groups.calls).toEqual([]);
    },
  );

  test('is not found where the group carries another one, or none', async () => {
    const other = '019a0000-0000-7000-8000-000000000000';
    const answer = await asked(groupOf({}), { ...params, runId: other });

    expect(answer).toMatchObject({ status: 404, json: { error: { code: 'RunNotFound' } } });
    expect(answer.json.error.message).toContain(`it carries '${runId}'`);
    expect(await asked(groupOf({ mark: {} }))).toMatchObject({ status: 404 });
  });

  test('is not found where its group is not', async () => {
    expect(await asked(groupOf({}), { ...params, name: 'other' })).toMatchObject({
      status: 404,
      json: { error: { code: 'ResourceNotFound' } },
    });
  });
});

describe('a container group', () => {
  const shown = (group: ContainerGroupDocument) =>
    call(showContainerGroup(collaboratorsOf(inMemoryContainerGroups(group))), { params: groupParams });

  test('is shown with the run that it carries', async () => {
    const { status, json } = await shown(groupOf({ containers: { main: terminated(3) } }));

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

  test('without one is shown without one', async () => {
    expect((await shown(groupOf({ mark: {} }))).json).not.toHaveProperty('run');
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
