import { describe, expect, test } from 'vitest';
import { ArmError } from '../../src/aci/errors.ts';
import { launchContainerGroup } from '../../src/functions/launchContainerGroup.ts';
import { launchJob } from '../../src/functions/launchJob.ts';
import { showRun } from '../../src/functions/showRun.ts';
import { triggerJob } from '../../src/functions/triggerJob.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { partitionOf } from '../../src/runs/store/keys.ts';
import { StorageError } from '../../src/runs/store/rows.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import {
  call,
  collaboratorsOf,
  groupUrl,
  launcherSecret,
  groupParams as params,
  resourceId,
  streamedRequest,
} from './call.ts';

const runId = newRunId(Date.parse('2026-01-31T13:00:00Z'), new Uint8Array(16).fill(1));
const runUrl = `${groupUrl}/runs/${runId}`;

const freeGroup = () => inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));

/** LAUNCHER_SECRET is set, unless a test says otherwise. */
const withSecret = { LAUNCHER_SECRET: launcherSecret };

function groupRoute(groups: InMemoryContainerGroups, settings: Record<string, string> = withSecret) {
  const route = launchContainerGroup(collaboratorsOf(groups, { settings }));
  return (body?: unknown) => call(route, { method: 'POST', params, body });
}

function jobRoute(groups: InMemoryContainerGroups, entry: object, settings: Record<string, string> = {}) {
  const job = jobOf(entry, settings);
  const route = launchJob(job, collaboratorsOf(groups, { jobs: [job], settings: withSecret }));
  return (body?: unknown) => call(route, { method: 'POST', body });
}

function triggerRoute(groups: InMemoryContainerGroups, entry: object) {
  const job = jobOf(entry);
  const route = triggerJob(job, collaboratorsOf(groups, { jobs: [job], settings: withSecret }));
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
    expect(json.links.result).toMatch(/^https:\/\/jobs\.example\.org\/api\/results\/[\w.-]+$/);
    expect(Object.fromEntries(headers)).toMatchObject({
      location: json.links.result,
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
      startedBy: {
        via: expect.stringMatching(/^POST (?:jobs\/nightly|azure\/containers\/[^ ]+)\/(?:runs|trigger)$/),
      },
      links: {
        self: runUrl,
        logs: `${runUrl}/logs`,
        cancel: `${runUrl}/cancel`,
        rerun: `${runUrl}/rerun`,
        containerGroup: groupUrl,
      },
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
    const groups = freeGroup();
    const route = routeOver(groups);
    await route({});

    expect(await route({})).toMatchObject({
      status: 409,
      json: { error: { code: 'RunInProgress', details: [{ target: runId }] } },
    });
    expect(groups.written).toHaveLength(1);
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

    expect((await groupRoute(groups, { ...withSecret, GROUP_RUN_ALLOW: 'command,image' })(body)).status).toBe(
      202,
    );
    expect(groups.written[0]?.properties.containers[0]?.properties).toMatchObject({
      command: ['run'],
      image: 'other',
    });
  });

  test.each([
    ['queue', 'Queued'],
    ['replace', 'Queued'],
  ])('waits for the run that holds the group, or for its end by force, when asked: %s', async (ifRunning) => {
    const groups = freeGroup();
    const route = groupRoute(groups);
    await route({});

    expect(await route({ ifRunning })).toMatchObject({
      status: 202,
      json: { status: 'NotStarted', reason: 'Queued', attempt: 0 },
    });
    expect(groups.written).toHaveLength(1);
  });

  test('follows the run by its own URL, and seals nothing, without LAUNCHER_SECRET', async () => {
    const route = groupRoute(freeGroup(), {});
    const { status, headers, json } = await route({});

    expect(status).toBe(202);
    expect(headers.get('location')).toBe(runUrl);
    expect(json.links).not.toHaveProperty('result');
    for (const dryRun of [false, true]) {
      const groups = freeGroup();
      expect(await groupRoute(groups, {})({ secureEnv: { A: 'hunter2' }, dryRun })).toMatchObject({
        status: 422,
        json: { error: { code: 'LauncherSecretRequired' } },
      });
      expect(groups.written).toEqual([]);
    }
  });

  test('in mode clone leaves the group alone, and runs copies of it', async () => {
    const groups = freeGroup();

    const { status, json } = await groupRoute(groups)({
      mode: 'clone',
      tasks: 2,
      env: { A: 1 },
      tags: { stage: 'test' },
    });

    expect(status).toBe(202);
    expect(json).toMatchObject({ mode: 'clone', tasks: [{ index: 0 }, { index: 1 }] });
    expect(groups.written.map(({ tags }) => tags)).toEqual([{ stage: 'test' }, { stage: 'test' }]);
    expect(groups.calls).not.toContain('createOrUpdate nightly');
  });

  test('is told what goes with which mode', async () => {
    const { json } = await groupRoute(freeGroup())({ tasks: 2, parallelism: 1, ttlSeconds: 0 });
    expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual([
      '/tasks',
      '/parallelism',
      '/ttlSeconds',
    ]);
    expect((await groupRoute(freeGroup())({ mode: 'clone', ifRunning: 'queue' })).json.error).toMatchObject({
      details: [{ target: '/ifRunning' }],
    });
  });

  test('calls back allowed hosts alone', async () => {
    const settings = { ...withSecret, CALLBACK_HOSTS: 'hooks.example.org' };
    const { status, json, text } = await groupRoute(
      freeGroup(),
      settings,
    )({
      callbackUrl: 'https://other.example.org/?key=hunter2',
    });

    expect([status, json.error.details]).toMatchObject([
      400,
      [{ code: 'CallbackNotAllowed', target: '/callbackUrl' }],
    ]);
    expect(text).not.toContain('hunter2');
    const taken = await groupRoute(
      freeGroup(),
      settings,
    )({ callbackUrl: 'https://hooks.example.org/?key=hunter2' });
    expect(taken.status).toBe(202);
    expect(taken.text).not.toContain('hunter2');
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

  test.each([
    ['secrets that grow as they are sealed', { secureEnv: { A: '"'.repeat(120_000) } }, undefined],
    [
      'variables, while ARM throttles',
      { env: Object.fromEntries(Array.from({ length: 12_000 }, (_, index) => [`A${index}`, 1])) },
      new ArmError({ code: 'TooManyRequests', message: 'Too many.', status: 429 }),
    ],
  ])('is told when a table has no room for it, and nothing is written: %s', async (_, body, failure) => {
    const groups = freeGroup();
    if (failure) {
      groups.failures.get = { error: failure };
    }

    expect(await groupRoute(groups)(body)).toMatchObject({
      status: 413,
      json: { error: { code: 'RunTooLarge' } },
    });
    expect(groups.written).toEqual([]);
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
    [{ ifRunning: 'queue' }, {}, 202],
    [{ ifRunning: 'replace' }, {}, 202],
    [{ allow: ['ifRunning'] }, { ifRunning: 'replace' }, 202],
    [{ ifRunning: 'replace', allow: ['ifRunning'] }, { ifRunning: 'reject' }, 409],
    [{}, { ifRunning: 'replace' }, 400],
  ])('of %j by %j, while a run holds the group, is answered %i', async (entry, body, status) => {
    const route = jobRoute(freeGroup(), entry);
    await route({});

    expect((await route(body)).status).toBe(status);
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
    const groups = freeGroup();
    const route = groupRoute(groups);
    await route({});
    groups.calls = [];

    const { status, json, text, headers } = await route({
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

describe('a launch that Azure does not take at once', () => {
  const refusedBy = async (given: Partial<ConstructorParameters<typeof ArmError>[0]>) => {
    const groups = freeGroup();
    groups.failures.createOrUpdate = { error: new ArmError({ code: 'Some', message: 'No.', ...given }) };
    const answer = await groupRoute(groups)({});
    return { ...answer, calls: groups.calls };
  };

  test.each([
    [{ code: 'ContainerGroupTransitioning', status: 409, retryAfterSeconds: 10 }, 'GroupBusy'],
    [{ code: 'TooManyRequests', status: 429, retryAfterSeconds: 372 }, 'Throttled'],
    [{ code: 'ContainerGroupQuotaReached', status: 400 }, 'QuotaReached'],
    [{ code: 'ServiceUnavailable', status: 409 }, 'CapacityUnavailable'],
    [{ code: 'RegistryErrorResponse', status: 409 }, 'ImagePull'],
  ])('for a reason that passes waits, and says which: %j', async (given, reason) => {
    expect(await refusedBy(given)).toMatchObject({
      status: 202,
      json: { status: 'NotStarted', reason, attempt: 0 },
      calls: ['get nightly', 'createOrUpdate nightly'],
    });
  });

  test('or of which nobody knows whether it got through is watched, and not sent again', async () => {
    expect(await refusedBy({ code: 'ArmTimeout', outcomeUnknown: true })).toMatchObject({
      status: 202,
      json: { id: runId, status: 'NotStarted', reason: 'Launching', attempt: 1 },
      calls: ['get nightly', 'createOrUpdate nightly'],
    });
  });

  test('for good is Azure’s own error, and the run says so, too', async () => {
    const groups = freeGroup();
    const error = new ArmError({ code: 'InaccessibleImage', message: 'No such image.', status: 400 });
    groups.failures.createOrUpdate = { error };
    const collaborators = collaboratorsOf(groups, { settings: withSecret });

    const { status, headers, json } = await call(launchContainerGroup(collaborators), {
      method: 'POST',
      params,
    });

    expect([status, json]).toEqual([
      400,
      { error: { code: 'InaccessibleImage', message: 'No such image.' } },
    ]);
    expect(headers.get('operation-location')).toBe(runUrl);
    expect(headers.get('location')).toContain('/api/results/');
    expect(await call(showRun(collaborators), { params: { ...params, runId } })).toMatchObject({
      status: 200,
      json: { status: 'Failed', reason: 'ImagePull', error: { code: 'InaccessibleImage' } },
    });
  });

  test('since the group cannot be read at all is Azure’s own error, and nothing is stored', async () => {
    for (const [code, status] of [
      ['ResourceNotFound', 404],
      ['AuthorizationFailed', 403],
    ] as const) {
      const groups = freeGroup();
      groups.failures.get = { error: new ArmError({ code, message: 'No.', status }) };
      const collaborators = collaboratorsOf(groups);

      const answer = await call(launchContainerGroup(collaborators), { method: 'POST', params });

      expect(answer).toMatchObject({ status, json: { error: { code } } });
      expect(answer.headers.has('location')).toBe(false);
      expect(collaborators.rows.rowsOf(partitionOf(params))).toEqual([]);
    }
  });

  test('since the storage is out of order is 503, and nothing is sent to Azure', async () => {
    const groups = freeGroup();
    const collaborators = collaboratorsOf(groups);
    collaborators.watchQueue.failure = { error: new StorageError('it answered 500') };

    const { status, headers, json } = await call(launchContainerGroup(collaborators), {
      method: 'POST',
      params,
    });

    expect([status, headers.get('retry-after'), json.error.code]).toEqual([503, '5', 'StorageUnavailable']);
    expect(groups.written).toEqual([]);
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
