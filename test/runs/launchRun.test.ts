import { describe, expect, test } from 'vitest';
import type { ContainerGroupDocument } from '../../src/aci/document.ts';
import {
  ArmError,
  InvalidRequest,
  NeedsClone,
  RunInProgress,
  SecretsRequired,
} from '../../src/aci/errors.ts';
import { type Launch, LaunchOutcomeUnknown, launchRun, planRun } from '../../src/runs/launchRun.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { inMemoryContainerGroups } from './inMemoryContainerGroups.ts';
import { askedAt, groupOf, id, runId as lastRunId, running, terminated } from './markedGroup.ts';

const now = askedAt + 3_600_000;
const runId = newRunId(now, new Uint8Array(16).fill(1));
const newId = () => runId;

function launchOf(given: Partial<Launch> = {}): Launch {
  return { containerGroup: id, overrides: {}, secrets: [], ifRunning: 'reject', ...given };
}

const busy = () => groupOf({ containers: { main: running() } });
const done = () => groupOf({ containers: { main: terminated(0) } });
const unmarked = () => groupOf({ mark: {}, containers: { main: running() } });

/** A group whose last run is over and which holds a secure variable. */
function withSecret(group: ContainerGroupDocument): ContainerGroupDocument {
  group.properties.containers[0]?.properties.environmentVariables?.push({ name: 'TOKEN' });
  return group;
}

async function errorOf(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('a launch', () => {
  test('is one GET and one PUT, and answers the run without waiting for containers', async () => {
    const groups = inMemoryContainerGroups(done());

    const run = await launchRun(
      groups,
      launchOf({ overrides: { env: { A: 1, GONE: null }, secureEnv: { B: 'hunter2' } }, job: 'nightly' }),
      newId,
    );

    expect(groups.calls).toEqual(['get nightly', 'createOrUpdate nightly']);
    expect(run).toEqual({
      id: runId,
      status: 'NotStarted',
      reason: 'Launching',
      containerGroup:
        '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/nightly',
      job: 'nightly',
      mode: 'recreate',
      attempt: 1,
      createdAt: '2026-01-31T13:00:00.000Z',
      containers: [{ name: 'main', state: 'Waiting', restartCount: 0 }],
      env: [
        { container: 'main', name: 'A', value: '1' },
        { container: 'main', name: 'B', secure: true },
      ],
      warnings: [],
    });
    expect(groups.written[0]?.properties.containers[0]?.properties.environmentVariables).toEqual([
      { name: 'RUN_ID', value: runId },
      { name: 'RUN_ATTEMPT', value: '1' },
      { name: 'A', value: '1' },
      { name: 'B', secureValue: 'hunter2' },
    ]);
  });

  test('answers the variables of every container that it sets some in', async () => {
    const groups = inMemoryContainerGroups(groupOf({ containers: { main: null, side: null }, mark: {} }));
    const overrides = {
      env: { A: [1, 'two'] },
      containers: { side: { env: { B: true }, secureEnv: { C: 'hunter2' }, command: ['x'] } },
    };

    const run = await launchRun(groups, launchOf({ overrides, container: 'main' }), newId);

    expect(run.env).toEqual([
      { container: 'main', name: 'A', value: '[1,"two"]' },
      { container: 'side', name: 'B', value: 'true' },
      { container: 'side', name: 'C', secure: true },
    ]);
    expect(run).not.toHaveProperty('job');
    expect(JSON.stringify(run)).not.toContain('hunter2');
  });

  test('warns of what its caller should know', async () => {
    const groups = inMemoryContainerGroups(groupOf({ mark: {}, restartPolicy: 'Always' }));

    const run = await launchRun(groups, launchOf({ secrets: [{ registry: 'r', value: 'hunter2' }] }), newId);

    expect(run.warnings).toEqual([
      expect.stringContaining('restartPolicy is Always'),
      expect.stringContaining("imageRegistryCredentials['r'].password"),
    ]);
  });

  test('marks the group, so that the run is found in it', async () => {
    const groups = inMemoryContainerGroups(done());
    await launchRun(groups, launchOf(), newId);

    const error = await errorOf(launchRun(groups, launchOf(), () => lastRunId));

    expect(error).toBeInstanceOf(RunInProgress);
    expect((error as RunInProgress).runId).toBe(runId);
  });
});

describe('a group that a run holds', () => {
  test('is refused with the id of that run, after one GET', async () => {
    const groups = inMemoryContainerGroups(busy());

    const error = await errorOf(launchRun(groups, launchOf(), newId));

    expect(error).toMatchObject({ code: 'RunInProgress', runId: lastRunId });
    expect(groups.calls).toEqual(['get nightly']);
  });

  test('is launched all the same with ifRunning replace', async () => {
    const groups = inMemoryContainerGroups(busy());

    expect(await launchRun(groups, launchOf({ ifRunning: 'replace' }), newId)).toMatchObject({ id: runId });
    expect(groups.written).toHaveLength(1);
  });

  test.each([
    ['is over', done()],
    ['has failed', groupOf({ containers: { main: terminated(1) } })],
    ['could not be launched', groupOf({ provisioningState: 'Failed' })],
    ['was never ours', unmarked()],
  ])('is free again when its run %s', async (_, group) => {
    expect(await launchRun(inMemoryContainerGroups(group), launchOf(), newId)).toMatchObject({ id: runId });
  });

  test('is free again when the container that the job names has ended, whatever runs beside it', async () => {
    const containers = { main: terminated(0), side: running() };

    expect(
      await launchRun(
        inMemoryContainerGroups(groupOf({ containers })),
        launchOf({ decidingContainer: 'main' }),
        newId,
      ),
    ).toMatchObject({ id: runId });
    expect(
      await errorOf(launchRun(inMemoryContainerGroups(groupOf({ containers })), launchOf(), newId)),
    ).toBeInstanceOf(RunInProgress);
  });

  test('is held while Azure still works on it', async () => {
    const groups = inMemoryContainerGroups(
      groupOf({ provisioningState: 'Updating', containers: { main: terminated(0) } }),
    );

    expect(await errorOf(launchRun(groups, launchOf(), newId))).toBeInstanceOf(RunInProgress);
  });
});

describe('what is wrong with a launch', () => {
  const resources = { requests: { cpu: 2 } };

  test.each<[string, Partial<Launch>, new (...given: never[]) => Error]>([
    [
      'the request, before all else',
      { overrides: { env: { RUN_ID: 'x' }, containers: { main: { resources } } } },
      InvalidRequest,
    ],
    [
      'a container that is not there',
      { overrides: { containers: { mian: { env: { A: 1 } }, main: { resources } } } },
      InvalidRequest,
    ],
    ['what needs another group', { overrides: { containers: { main: { resources } } } }, NeedsClone],
    ['a secret that nobody supplied', {}, SecretsRequired],
    ['the run that holds the group, last', { overrides: { secureEnv: { TOKEN: 't' } } }, RunInProgress],
  ])('is told in this order: %s', async (_, given, Kind) => {
    const groups = inMemoryContainerGroups(withSecret(busy()));

    expect(await errorOf(launchRun(groups, launchOf(given), newId))).toBeInstanceOf(Kind);
    expect(groups.calls).toEqual(['get nightly']);
  });

  test('is not told of another run when that would be replaced', async () => {
    const groups = inMemoryContainerGroups(withSecret(busy()));

    expect(await errorOf(launchRun(groups, launchOf({ ifRunning: 'replace' }), newId))).toBeInstanceOf(
      SecretsRequired,
    );
    expect(groups.written).toEqual([]);
  });
});

describe('when Azure refuses', () => {
  const conflict = new ArmError({ code: 'ContainerGroupTransitioning', message: 'Later.', status: 409 });

  test('the GET, nothing is written', async () => {
    const groups = inMemoryContainerGroups(done());
    groups.failures.get = { error: conflict };

    expect(await errorOf(launchRun(groups, launchOf(), newId))).toBe(conflict);
    expect(groups.calls).toEqual(['get nightly']);
  });

  test('the PUT, its error is told as it is, and nothing is tried again', async () => {
    const groups = inMemoryContainerGroups(done());
    groups.failures.createOrUpdate = { error: conflict };

    expect(await errorOf(launchRun(groups, launchOf(), newId))).toBe(conflict);
    expect(groups.calls).toEqual(['get nightly', 'createOrUpdate nightly']);
  });

  test('to answer the PUT, the launch may have got through: the error says which run to look for', async () => {
    const groups = inMemoryContainerGroups(done());
    const cause = new ArmError({ code: 'ArmTimeout', message: 'No answer.', outcomeUnknown: true });
    groups.failures.createOrUpdate = { error: cause, isEffective: true };

    const error = await errorOf(launchRun(groups, launchOf(), newId));

    expect(error).toBeInstanceOf(LaunchOutcomeUnknown);
    expect(error).toMatchObject({ code: 'LaunchOutcomeUnknown', runId, containerGroup: id, cause });
    expect((error as Error).message).toContain(runId);
    expect(groups.calls).toEqual(['get nightly', 'createOrUpdate nightly']);
    groups.failures = {};
    expect(await errorOf(launchRun(groups, launchOf(), newId))).toMatchObject({
      code: 'RunInProgress',
      runId,
    });
  });

  test('to answer the GET, nothing is unknown: nothing was written', async () => {
    const groups = inMemoryContainerGroups(done());
    const cause = new ArmError({ code: 'ArmTimeout', message: 'No answer.' });
    groups.failures.get = { error: cause };

    expect(await errorOf(launchRun(groups, launchOf(), newId))).toBe(cause);
  });
});

describe('the plan of a launch', () => {
  test('is one GET, also while a run holds the group, and shows no secret', async () => {
    const groups = inMemoryContainerGroups(withSecret(busy()));

    const { changes } = await planRun(
      groups,
      launchOf({ overrides: { env: { A: 1 }, secureEnv: { TOKEN: 'hunter2' } } }),
      newId,
    );

    expect(groups.calls).toEqual(['get nightly']);
    expect(changes).toEqual([
      { property: "containers['main'].environmentVariables['A']", action: 'set', after: '1' },
      {
        property: "containers['main'].environmentVariables['TOKEN']",
        action: 'set',
        before: '(secure)',
        after: '(secure)',
      },
    ]);
  });

  test('fails as the launch would', async () => {
    const groups = inMemoryContainerGroups(withSecret(done()));

    expect(await errorOf(planRun(groups, launchOf(), newId))).toBeInstanceOf(SecretsRequired);
  });
});
