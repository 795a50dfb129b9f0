import { describe, expect, test } from 'vitest';
import { ArmError } from '../../src/aci/errors.ts';
import { launchContainerGroup } from '../../src/functions/launchContainerGroup.ts';
import { launchJob } from '../../src/functions/launchJob.ts';
import { triggerJob } from '../../src/functions/triggerJob.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, runId as lastRunId, running, terminated } from '../runs/markedGroup.ts';
import {
  call,
  collaboratorsOf,
  groupUrl,
  groupParams as params,
  resourceId,
  streamedRequest,
} from './call.ts';

const runId = newRunId(Date.parse('2026-01-31T13:00:00Z'), new Uint8Array(16).fill(1));
const runUrl = `${groupUrl}/runs/${runId}`;

const freeGroup = () => inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
const busyGroup = () => inMemoryContainerGroups(groupOf({ containers: { main: running() } }));

function groupRoute(groups: InMemoryContainerGroups, settings: Record<string, string> = {}) {
  const route = launchContainerGroup(collaboratorsOf(groups, { settings }));
  return (body?: unknown) => call(route, { method: 'POST', params, body });
}

function jobRoute(groups: InMemoryContainerGroups, entry: object, settings: Record<string, string> = {}) {
  const route = launchJob(jobOf(entry, settings), collaboratorsOf(groups));
  return (body?: unknown) => call(route, { method: 'POST', body });
}

function triggerRoute(groups: InMemoryContainerGroups, entry: object) {
  const route = triggerJob(jobOf(entry), collaboratorsOf(groups));
  return (body?: unknown, headers: Record<string, string> = {}, query = '') =>
    call(route, { method: 'POST', body, headers, query });
}

/** The variables that were written into the first container, the mark apart. */
function writtenIn(groups: InMemoryContainerGroups) {
  return groups.written[0]?.properties.containers[0]?.properties.environmentVariables?.filter(
    ({ name }) => !name.startsWith('RUN_'),
  );
}

describe('each of the three launching routes', () => {
  test.each([
    ['of a group', (groups: InMemoryContainerGroups) => groupRoute(groups)],
    ['of a job', (groups: InMemoryContainerGroups) => jobRoute(groups, {})],
    ['of a trigger', (groups: InMemoryContainerGroups) => triggerRoute(groups, {})],
  ])('%s answers 202, with the run and where to follow it, after two calls', async (_, routeOver) => {
    const groups = freeGroup();

    const { status, headers, json } = await routeOver(groups)({});

    expect(status).toBe(202);
    expect(Object.fromEntries(headers)).toMatchObject({
      location: runUrl,
      'operation-location': runUrl,
      'retry-after': '5',
      'x-ms-request-id': 'an-invocation',
    });
    expect(json).toMatchObject({
      id: runId,
      status: 'NotStarted',
      reason: 'Launching',
      containerGroup: resourceId,
      createdAt: '2026-01-31T13:00:00.000Z',
      env: [],
      warnings: [],
      links: { self: runUrl, logs: `${groupUrl}/logs`, containerGroup: groupUrl },
    });
    expect(groups.calls).toEqual(['get nightly', 'createOrUpdate nightly']);
  });

  test.each([
    ['of a group', (groups: InMemoryContainerGroups) => groupRoute(groups)],
    ['of a job', (groups: InMemoryContainerGroups) => jobRoute(groups, {})],
    ['of a trigger', (groups: InMemoryContainerGroups) => triggerRoute(groups, {})],
  ])('%s takes no body for an empty one', async (_, routeOver) => {
    expect((await routeOver(freeGroup())()).status).toBe(202);
  });

  test.each([
    ['of a group', (groups: InMemoryContainerGroups) => groupRoute(groups)],
    ['of a job', (groups: InMemoryContainerGroups) => jobRoute(groups, {})],
    ['of a trigger', (groups: InMemoryContainerGroups) => triggerRoute(groups, {})],
  ])('%s refuses while a run holds the group, and says which', async (_, routeOver) => {
    const groups = busyGroup();

    expect(await routeOver(groups)({})).toMatchObject({
      status: 409,
      json: { error: { code: 'RunInProgress', details: [{ target: lastRunId }] } },
    });
    expect(groups.calls).toEqual(['get nightly']);
  });
});

describe("an operator's launch of a group", () => {
  test('sets variables, secure ones too, in any container', async () => {
    const groups = freeGroup();

    const { json, text } = await groupRoute(groups)({
      env: { A: 1 },
      secureEnv: { B: 'hunter2' },
      containers: { main: { env: { C: true } } },
    });

    expect(writtenIn(groups)).toEqual([
      { name: 'A', value: '1' },
      { name: 'C', value: 'true' },
      { name: 'B', secureValue: 'hunter2' },
    ]);
    expect(json.env).toContainEqual({ container: 'main', name: 'B', secure: true });
    expect(text).not.toContain('hunter2');
    expect(json).not.toHaveProperty('job');
  });

  test('changes command and image only where the settings allow it', async () => {
    const body = { containers: { main: { command: ['run'], image: 'other' } } };
    const groups = freeGroup();

    const { status, json } = await groupRoute(groups)(body);
    expect(status).toBe(400);
    expect(json.error.details).toMatchObject([
      { code: 'NotAllowed', target: '/containers/main/command' },
      { code: 'NotAllowed', target: '/containers/main/image' },
    ]);
    expect(groups.calls).toEqual([]);

    expect((await groupRoute(groups, { GROUP_RUN_ALLOW: 'command,image' })(body)).status).toBe(202);
    expect(groups.written[0]?.properties.containers[0]?.properties).toMatchObject({
      command: ['run'],
      image: 'other',
    });
  });

  test('replaces the run that holds the group when asked', async () => {
    expect((await groupRoute(busyGroup())({ ifRunning: 'replace' })).status).toBe(202);
  });

  test('puts back no secret of a job', async () => {
    const group = groupOf({ containers: { main: terminated(0) } });
    group.properties.containers[0]?.properties.environmentVariables?.push({ name: 'TOKEN' });
    const groups = inMemoryContainerGroups(group);

    expect(await groupRoute(groups)({})).toMatchObject({
      status: 422,
      json: {
        error: {
          code: 'SecretsRequired',
          details: [{ target: "containers['main'].environmentVariables['TOKEN']" }],
        },
      },
    });
    expect(groups.written).toEqual([]);
  });

  test("is refused with names that break ARM's rules, before the body is read", async () => {
    const route = launchContainerGroup(collaboratorsOf(freeGroup()));

    const { status, json } = await call(route, { params: { ...params, name: '..' }, body: [] });

    expect(status).toBe(400);
    expect(json.error.details).toMatchObject([{ target: 'name' }]);
  });
});

describe('what is wrong with a request', () => {
  test('is told at once, first of its shape, then of what it asks', async () => {
    const groups = freeGroup();
    const route = jobRoute(groups, {});
    const targets = async (body: unknown) => {
      const { status, json } = await route(body);
      expect(status).toBe(400);
      return json.error.details.map(({ target }: { target: string }) => target);
    };

    expect(await targets({ envv: {}, dryRun: 1, env: { RUN_ID: 'x' } })).toEqual(['/envv', '/dryRun']);
    expect(await targets({ secureEnv: { A: 'x' }, env: { RUN_ID: 'x', 'b-c': 1 } })).toEqual([
      '/secureEnv',
      '/env/RUN_ID',
      '/env/b-c',
    ]);
    expect(await targets([])).toEqual(['']);
    expect(groups.calls).toEqual([]);
  });

  test('with the body itself is told by its status', async () => {
    const route = launchJob(jobOf({}), collaboratorsOf(freeGroup()));

    expect(await call(route, streamedRequest(['{"env": ']))).toMatchObject({ status: 400 });
    expect(await call(route, streamedRequest(['{}'], { 'content-type': 'text/plain' }))).toMatchObject({
      status: 415,
    });
    expect(await call(route, streamedRequest([' '.repeat(300_000)]))).toMatchObject({ status: 413 });
  });
});

describe('a launch of a job', () => {
  test('goes to the container that the job names, and puts back its secrets', async () => {
    const group = groupOf({ containers: { side: null, main: null }, mark: {} });
    group.properties.containers[1]?.properties.environmentVariables?.push({ name: 'TOKEN' });
    const groups = inMemoryContainerGroups(group);
    const secrets = [{ container: 'main', env: 'TOKEN', from: 'setting:TOKEN' }];

    const { status, json, text } = await jobRoute(
      groups,
      { container: 'main', secrets },
      { TOKEN: 'hunter2' },
    )({
      env: { A: 'x' },
    });

    expect(status).toBe(202);
    expect(json).toMatchObject({ job: 'nightly', env: [{ container: 'main', name: 'A', value: 'x' }] });
    expect(groups.written[0]?.properties.containers[1]?.properties.environmentVariables).toEqual([
      { name: 'TOKEN', secureValue: 'hunter2' },
      { name: 'A', value: 'x' },
      { name: 'RUN_ID', value: runId },
      { name: 'RUN_ATTEMPT', value: '1' },
    ]);
    expect(text).not.toContain('hunter2');
  });

  test.each([
    [{}, {}, 409],
    [{ ifRunning: 'replace' }, {}, 202],
    [{ allow: ['ifRunning'] }, { ifRunning: 'replace' }, 202],
    [{ ifRunning: 'replace', allow: ['ifRunning'] }, { ifRunning: 'reject' }, 409],
    [{}, { ifRunning: 'replace' }, 400],
  ])('of %j by %j, while a run holds the group, is answered %i', async (entry, body, status) => {
    expect((await jobRoute(busyGroup(), entry)(body)).status).toBe(status);
  });

  test('is held to its contract', async () => {
    const env = {
      type: 'object',
      properties: { DATE: { type: 'string', format: 'date' } },
      required: ['DATE'],
    };

    expect((await jobRoute(freeGroup(), { env })({ env: { DATE: '2026-01-31' } })).status).toBe(202);
    expect((await jobRoute(freeGroup(), { env })({})).json.error.details).toMatchObject([
      { code: 'MissingMember', target: '/env/DATE' },
    ]);
  });
});

describe('a dry run', () => {
  test('answers the plan with one GET, writes nothing, and is free of who holds the group', async () => {
    const groups = busyGroup();

    const { status, json, text, headers } = await groupRoute(groups)({
      dryRun: true,
      env: { A: 1 },
      secureEnv: { B: 'hunter2' },
    });

    expect(status).toBe(200);
    expect(json).toEqual({
      dryRun: true,
      containerGroup: resourceId,
      changes: [
        { property: "containers['main'].environmentVariables['A']", action: 'set', after: '1' },
        { property: "containers['main'].environmentVariables['B']", action: 'set', after: '(secure)' },
      ],
      warnings: [],
    });
    expect(text).not.toContain('hunter2');
    expect(headers.has('location')).toBe(false);
    expect(groups.calls).toEqual(['get nightly']);
  });

  test('may always be asked for', async () => {
    expect((await jobRoute(freeGroup(), { allow: [] })({ dryRun: true })).status).toBe(200);
  });

  test('fails as the launch would', async () => {
    expect((await groupRoute(freeGroup())({ dryRun: true, containers: { other: {} } })).status).toBe(400);
  });
});

describe('a launch whose outcome nobody knows', () => {
  test('is a bad gateway that says where the run will be, if it got through', async () => {
    const groups = freeGroup();
    const error = new ArmError({ code: 'ArmTimeout', message: 'No answer.', outcomeUnknown: true });
    groups.failures.createOrUpdate = { error };

    const { status, headers, json } = await groupRoute(groups)({});

    expect(status).toBe(504);
    expect(json.error).toMatchObject({
      code: 'LaunchOutcomeUnknown',
      message: expect.stringContaining(runId),
    });
    expect(headers.get('location')).toBe(runUrl);
    expect(headers.get('operation-location')).toBe(runUrl);
    expect(headers.get('x-ms-error-code')).toBe('LaunchOutcomeUnknown');
    expect(groups.calls).toEqual(['get nightly', 'createOrUpdate nightly']);
  });

  test('is told from one that Azure refused', async () => {
    const groups = freeGroup();
    const error = new ArmError({
      code: 'ContainerGroupTransitioning',
      message: 'Later.',
      status: 409,
      retryAfterSeconds: 10,
    });
    groups.failures.createOrUpdate = { error };

    const { status, headers } = await groupRoute(groups)({});

    expect(status).toBe(409);
    expect(headers.get('retry-after')).toBe('10');
    expect(headers.has('location')).toBe(false);
  });
});

describe('a trigger', () => {
  const entry = {
    map: [
      { name: 'COMMIT', from: '/after', required: true, pattern: '^[0-9a-f]+$' },
      { name: 'EVENT', from: 'X-GitHub-Event', source: 'header' },
      { name: 'BRANCH', from: 'branch', source: 'query' },
      { name: 'TOKEN', from: '/token', secure: true },
    ],
    when: [{ from: '/ref', equals: 'refs/heads/main' }],
  };

  test('sets what the map takes from body, header and query', async () => {
    const groups = freeGroup();
    const body = { ref: 'refs/heads/main', after: 'abc', token: 'hunter2', other: 1 };

    const { status, json, text } = await triggerRoute(groups, entry)(
      body,
      { 'x-github-event': 'push' },
      '?branch=b',
    );

    expect(status).toBe(202);
    expect(json.job).toBe('nightly');
    expect(writtenIn(groups)).toEqual([
      { name: 'COMMIT', value: 'abc' },
      { name: 'EVENT', value: 'push' },
      { name: 'BRANCH', value: 'b' },
      { name: 'TOKEN', secureValue: 'hunter2' },
    ]);
    expect(text).not.toContain('hunter2');
  });

  test('that does not fit when is ignored with 200, before anything is asked of Azure or of the map', async () => {
    const groups = freeGroup();

    const { status, json } = await triggerRoute(groups, entry)({ ref: 'refs/heads/dev' });

    expect(status).toBe(200);
    expect(json).toEqual({ status: 'Ignored', message: expect.stringContaining("body '/ref'") });
    expect(groups.calls).toEqual([]);
  });

  test('that lacks what is required, or has it wrong, is 400 and says where', async () => {
    const groups = freeGroup();

    for (const after of [undefined, null, 'xyz']) {
      const { status, json } = await triggerRoute(groups, entry)({ ref: 'refs/heads/main', after });
      expect(status).toBe(400);
      expect(json.error.details).toMatchObject([{ target: '/after' }]);
    }
    expect(groups.calls).toEqual([]);
  });

  test('of a job without a map sets each of its members', async () => {
    const groups = freeGroup();

    expect((await triggerRoute(groups, {})({ NAME: 'you', LIST: [1] })).status).toBe(202);
    expect(writtenIn(groups)).toEqual([
      { name: 'NAME', value: 'you' },
      { name: 'LIST', value: '[1]' },
    ]);
    expect((await triggerRoute(groups, {})([1])).status).toBe(400);
  });

  test('takes no member for a wish: dryRun and ifRunning are variables like others', async () => {
    const groups = freeGroup();

    expect((await triggerRoute(groups, {})({ dryRun: true, ifRunning: 'replace' })).status).toBe(202);
    expect(writtenIn(groups)).toEqual([
      { name: 'dryRun', value: 'true' },
      { name: 'ifRunning', value: 'replace' },
    ]);
  });
});
