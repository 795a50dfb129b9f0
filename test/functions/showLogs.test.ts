import { beforeEach, describe, expect, test } from 'vitest';
import type { HttpFunction } from '../../src/functions/http/endpoint.ts';
import { showLogs } from '../../src/functions/showLogs.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams as params } from './call.ts';

let groups: InMemoryContainerGroups;
let logs: HttpFunction;
beforeEach(() => {
  groups = inMemoryContainerGroups(groupOf({}));
  groups.logs = 'one\n<b>two</b>\n';
  logs = showLogs(collaboratorsOf(groups));
});

const severalContainers = () => {
  const group = groupOf({ containers: { main: null, side: null } });
  Object.assign(group.properties, { initContainers: [{ name: 'prepare', properties: {} }] });
  groups.put(group);
};

describe('the logs of a container', () => {
  test('are text that no browser takes for a page', async () => {
    const answer = await call(logs, { params });

    expect(answer).toMatchObject({ status: 200, text: 'one\n<b>two</b>\n' });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(groups.calls).toEqual(['get nightly', 'listLogs nightly main {}']);
  });

  test.each([
    ['application/json', true],
    ['application/json;q=0.9', true],
    ['text/plain', false],
    ['application/json, text/plain', false],
    ['text/*', false],
    ['*/*', false],
    ['application/jsonp', false],
  ])('are, for who accepts %s, JSON: %s', async (accept, isJson) => {
    const { json } = await call(logs, { params, headers: { accept } });

    expect(json).toEqual(isJson ? { container: 'main', content: 'one\n<b>two</b>\n' } : undefined);
  });

  test('are as many lines as are asked for, with their times if asked', async () => {
    await call(logs, { params, query: '?tail=20&timestamps=true' });
    await call(logs, { params, query: '?timestamps=false' });

    expect(groups.calls.filter((each) => each.startsWith('listLogs'))).toEqual([
      'listLogs nightly main {"tail":20,"timestamps":true}',
      'listLogs nightly main {"timestamps":false}',
    ]);
  });

  test.each([
    ['?tail=0', ['tail']],
    ['?tail=-1', ['tail']],
    ['?tail=1.5', ['tail']],
    ['?tail=ten', ['tail']],
    ['?tail=', ['tail']],
    ['?tail=1e3', ['tail']],
    ['?tail=1234567890', ['tail']],
    ['?timestamps=yes', ['timestamps']],
    ['?timestamps', ['timestamps']],
    ['?timestamps=True', ['timestamps']],
    ['?tail=x&timestamps=1', ['tail', 'timestamps']],
  ])('with %s are refused, every fault named, and Azure is not asked', async (query, targets) => {
    const { status, json } = await call(logs, { params, query });

    expect(status).toBe(400);
    expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual(targets);
    expect(groups.calls).toEqual([]);
  });
});

describe('of several containers', () => {
  beforeEach(severalContainers);

  test.each(['main', 'side', 'prepare'])('the one that is asked for is shown: %s', async (container) => {
    expect((await call(logs, { params, query: `?container=${container}` })).status).toBe(200);
    expect(groups.calls.at(-1)).toBe(`listLogs nightly ${container} {}`);
  });

  test('one must be asked for', async () => {
    const { status, json } = await call(logs, { params });

    expect(status).toBe(400);
    expect(json.error.details).toMatchObject([{ target: 'container' }]);
    expect(json.error.message).toContain('prepare, main, side');
  });

  test('one that is not there is not found, and the others are named', async () => {
    for (const name of ['other', 'Main', '../..', '__proto__']) {
      const answer = await call(logs, { params, query: `?container=${encodeURIComponent(name)}` });

      expect(answer).toMatchObject({ status: 404, json: { error: { code: 'ContainerNotFound' } } });
      expect(answer.json.error.message).toContain('prepare, main, side');
    }
    expect(groups.calls.some((each) => each.startsWith('listLogs'))).toBe(false);
  });

  test('the only one that is no init container needs not be asked for', async () => {
    const group = groupOf({});
    Object.assign(group.properties, { initContainers: [{ name: 'prepare', properties: {} }] });
    groups.put(group);

    await call(logs, { params });
    expect(groups.calls.at(-1)).toBe('listLogs nightly main {}');
  });
});

describe('the logs of a group', () => {
  test('that is not there are not found', async () => {
    expect(await call(logs, { params: { ...params, name: 'other' } })).toMatchObject({
      status: 404,
      json: { error: { code: 'ResourceNotFound' } },
    });
  });

  test("with names that break ARM's rules are refused, every one named, and Azure is not asked", async () => {
    const { status, json } = await call(logs, {
      params: { subscriptionId: 'mine', resourceGroup: 'a/../b', name: '..' },
    });

    expect(status).toBe(400);
    expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual([
      'subscriptionId',
      'resourceGroup',
      'name',
    ]);
    expect(groups.calls).toEqual([]);
  });
});
