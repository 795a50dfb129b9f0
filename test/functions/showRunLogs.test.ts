import { beforeEach, describe, expect, test } from 'vitest';
import { showRunLogs } from '../../src/functions/showRunLogs.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { at, groupOf, running, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams, type TestCollaborators } from './call.ts';
import { afterLaunch, launched, seen } from './storedRuns.ts';

let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
let runId: string;

beforeEach(async () => {
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  groups.logs = 'one\ntwo\nthree\n';
  collaborators = collaboratorsOf(groups);
  runId = (await launched(collaborators)).json.id;
});

const logs = (query = '', headers: Record<string, string> = {}) =>
  call(showRunLogs(collaborators), { params: { ...groupParams, runId }, query, headers });

describe('the logs of a run', () => {
  test('come from ACI while the group carries it, with all that ACI can do', async () => {
    await seen(collaborators, groups, runId, { main: running(at(3605)) });
    groups.calls = [];

    expect(await logs('?tail=2&timestamps=true')).toMatchObject({ status: 200, text: 'one\ntwo\nthree\n' });
    expect(groups.calls).toEqual(['get nightly', 'listLogs nightly main {"tail":2,"timestamps":true}']);
  });

  test('are what was kept once it is over, whatever the group does now', async () => {
    await seen(collaborators, groups, runId);
    groups.logs = 'of another run';
    groups.calls = [];

    const { status, text, headers } = await logs();
    expect([status, text]).toEqual([200, 'one\ntwo\nthree\n']);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await logs('', { accept: 'application/json' })).json).toEqual({
      container: 'main',
      content: 'one\ntwo\nthree\n',
    });
    expect(groups.calls).toEqual([]);
  });

  test.each([
    [1, 'three\n'],
    [2, 'two\nthree\n'],
    [99, 'one\ntwo\nthree\n'],
  ])('that were kept end with as many lines as are asked for: %i', async (tail, text) => {
    await seen(collaborators, groups, runId);

    expect((await logs(`?tail=${tail}`)).text).toBe(text);
  });

  test('that were kept have no timestamps, and who asks for them is told', async () => {
    await seen(collaborators, groups, runId);

    expect(await logs('?timestamps=true')).toMatchObject({
      status: 400,
      json: { error: { details: [{ target: 'timestamps' }] } },
    });
    expect((await logs('?timestamps=false')).status).toBe(200);
  });

  test('of several containers must say which', async () => {
    await seen(collaborators, groups, runId, {
      main: terminated(0, afterLaunch),
      side: terminated(0, afterLaunch),
    });

    expect((await logs()).status).toBe(400);
    expect((await logs('?container=side')).text).toBe('one\ntwo\nthree\n');
    expect(await logs('?container=other')).toMatchObject({
      status: 404,
      json: { error: { code: 'ContainerNotFound' } },
    });
  });

  test('that has started nothing are not there', async () => {
    const { json } = await launched(collaborators, { ifRunning: 'queue' });
    runId = json.id;

    expect(await logs()).toMatchObject({ status: 404, json: { error: { code: 'LogsNotFound' } } });
  });

  test('that is not there are 404, and a task that it has not, too', async () => {
    expect(await logs('?task=1')).toMatchObject({ status: 404, json: { error: { code: 'TaskNotFound' } } });
    expect((await logs('?task=first')).status).toBe(400);
    runId = '019a0000-0000-7000-8000-000000000000';
    expect(await logs()).toMatchObject({ status: 404, json: { error: { code: 'RunNotFound' } } });
  });

  test('in mode clone are those of the copy that is asked for', async () => {
    const { json } = await launched(collaborators, { mode: 'clone', tasks: 2 });
    runId = json.id;
    groups.settle();
    groups.calls = [];

    await logs('?task=1');
    await logs();

    const [first, second] = json.tasks.map(({ containerGroup }: { containerGroup: string }) =>
      containerGroup.split('/').at(-1),
    );
    expect(groups.calls.filter((each) => each.startsWith('listLogs'))).toEqual([
      `listLogs ${second} main {}`,
      `listLogs ${first} main {}`,
    ]);
  });
});
