import { describe, expect, test } from 'vitest';
import { observeRun } from '../../src/runs/observeRun.ts';
import { isOver } from '../../src/runs/run.ts';
import { newRunId } from '../../src/runs/runId.ts';
import { askedAt, at, ended, groupOf, id, runId, running, terminated, waiting } from './markedGroup.ts';

type Group = Parameters<typeof groupOf>[0];

/** `status reason` of the run, as a caller reads it. */
function outcome(group: Group, container?: string): string {
  const run = observeRun(id, groupOf(group), container);
  return `${run?.status} ${run?.reason}`;
}

const stopped = { detailStatus: 'Container stopped per client request' };

describe('a run that is seen in its group', () => {
  test('is told whole', () => {
    expect(
      observeRun(id, groupOf({ containers: { main: terminated(3, {}, { restartCount: 2 }), side: null } })),
    ).toEqual({
      id: runId,
      status: 'Running',
      reason: 'Running',
      containerGroup:
        '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/nightly',
      mode: 'recreate',
      attempt: 1,
      createdAt: at(0),
      startedAt: at(5),
      containers: [
        { name: 'main', state: 'Terminated', exitCode: 3, restartCount: 2, detailStatus: 'Error' },
        { name: 'side', state: 'Waiting', restartCount: 0 },
      ],
    });
  });

  test('has the attempt that its mark has', () => {
    expect(observeRun(id, groupOf({ mark: { RUN_ID: runId, RUN_ATTEMPT: '3' } }))?.attempt).toBe(3);
  });
});

describe('while Azure works on the group, the run is launching, whatever the view shows', () => {
  test.each([
    ...['NotSpecified', 'Accepted', 'Pending', 'Updating', 'Creating', 'Repairing', 'Deleting'],
    ...['PreProvisioned', '', 'AWordOfTomorrow'],
  ])('%s', (provisioningState) => {
    for (const view of [null, waiting(), running(), terminated(0), terminated(1), terminated(137, stopped)]) {
      const run = observeRun(id, groupOf({ provisioningState, containers: { main: view } }));

      expect(run).toMatchObject({ status: 'NotStarted', reason: 'Launching' });
      expect(run?.containers).toEqual([{ name: 'main', state: 'Waiting', restartCount: 0 }]);
      expect(run).not.toHaveProperty('startedAt');
      expect(run).not.toHaveProperty('finishedAt');
    }
  });
});

describe('once Azure has provisioned the group', () => {
  test.each(['Succeeded', 'Unhealthy', 'NotAccessible'])('%s, its containers tell', (provisioningState) => {
    const seen = (view: Parameters<typeof terminated>[2] | null) =>
      outcome({ provisioningState, containers: { main: view ?? null } });

    expect(seen(null)).toBe('NotStarted Launching');
    expect(seen({})).toBe('NotStarted Launching');
    expect(seen({ currentState: null })).toBe('NotStarted Launching');
    expect(seen(waiting())).toBe('NotStarted Launching');
    expect(seen(running())).toBe('Running Running');
    expect(seen(terminated(0))).toBe('Succeeded Completed');
    expect(seen(terminated(2))).toBe('Failed NonZeroExit');
  });

  test("the group's own state says nothing: exit code 2 under Never is Failed beside Succeeded", () => {
    for (const state of ['Pending', 'Running', 'Succeeded', 'Failed', 'Stopped', null]) {
      expect(outcome({ instanceView: { state }, containers: { main: terminated(2) } })).toBe(
        'Failed NonZeroExit',
      );
      expect(outcome({ instanceView: { state }, containers: { main: running() } })).toBe('Running Running');
    }
  });

  test('a container that waits to be started again is running', () => {
    expect(
      outcome({ restartPolicy: 'OnFailure', containers: { main: { ...waiting(), restartCount: 1 } } }),
    ).toBe('Running Running');
  });
});

describe('a run under restart policy Never', () => {
  test.each([
    [0, 'Succeeded Completed'],
    [1, 'Failed NonZeroExit'],
    [-1, 'Failed NonZeroExit'],
    [143, 'Failed NonZeroExit'],
    [255, 'Failed NonZeroExit'],
    [null, 'Failed NonZeroExit'],
  ])('that ends with exit code %s is %s', (exitCode, expected) => {
    expect(outcome({ containers: { main: terminated(exitCode) } })).toBe(expected);
  });

  test('says how it ended, with the exit code and in words', () => {
    expect(observeRun(id, groupOf({ containers: { main: terminated(42) } }))).toMatchObject({
      error: { code: 'NonZeroExit', message: 'A container ended with exit code 42: Error.' },
      startedAt: at(5),
      finishedAt: at(20),
      containers: [{ exitCode: 42 }],
    });
    const succeeded = observeRun(id, groupOf({ containers: { main: terminated(0) } }));
    expect(succeeded).not.toHaveProperty('error');
    expect(succeeded).toMatchObject({ startedAt: at(5), finishedAt: at(20), containers: [{ exitCode: 0 }] });
    const unknown = observeRun(id, groupOf({ containers: { main: terminated(null, { detailStatus: '' }) } }));
    expect(unknown?.error?.message).toBe('A container ended with no exit code.');
    expect(unknown?.containers[0]).not.toHaveProperty('exitCode');
  });

  test('that Azure started again all the same is running again', () => {
    const main = running(at(30), { restartCount: 1, previousState: ended(1) });

    expect(observeRun(id, groupOf({ containers: { main } }))).toMatchObject({
      status: 'Running',
      startedAt: at(5),
      containers: [{ state: 'Running', restartCount: 1 }],
    });
  });
});

describe('a run under restart policy OnFailure', () => {
  const restartPolicy = 'OnFailure';

  test('ends when its container does with exit code 0, however often it failed before', () => {
    const main = terminated(
      0,
      { startTime: at(60), finishTime: at(70) },
      { restartCount: 4, previousState: ended(1) },
    );
    const run = observeRun(id, groupOf({ restartPolicy, containers: { main } }));

    expect(run).toMatchObject({
      status: 'Succeeded',
      reason: 'Completed',
      startedAt: at(5),
      finishedAt: at(70),
      containers: [{ exitCode: 0, restartCount: 4 }],
    });
  });

  test('goes on when its container fails, for Azure starts it again', () => {
    const run = observeRun(id, groupOf({ restartPolicy, containers: { main: terminated(1) } }));

    expect(run).toMatchObject({ status: 'Running', reason: 'Running', containers: [{ exitCode: 1 }] });
    expect(run).not.toHaveProperty('finishedAt');
    expect(
      outcome({ restartPolicy, containers: { main: running(at(9), { previousState: ended(1) }) } }),
    ).toBe('Running Running');
  });

  test('ends when it is stopped', () => {
    expect(outcome({ restartPolicy, containers: { main: terminated(137, stopped) } })).toBe(
      'Canceled CanceledByCaller',
    );
  });
});

describe('a run under restart policy Always', () => {
  test.each(['Always', undefined, null, 'AWordOfTomorrow'])(
    'ends at the first termination, though Azure starts the container again: %s',
    (restartPolicy) => {
      const seen = (main: ReturnType<typeof running>) => {
        const group = groupOf({ containers: { main } });
        Object.assign(group.properties, { restartPolicy });
        return observeRun(id, group);
      };

      expect(seen(running())).toMatchObject({ status: 'Running' });
      expect(seen(terminated(0))).toMatchObject({ status: 'Succeeded', finishedAt: at(20) });
      expect(seen(running(at(30), { restartCount: 1, previousState: ended(0) }))).toMatchObject({
        status: 'Succeeded',
        startedAt: at(5),
        finishedAt: at(20),
      });
      expect(seen({ ...waiting(), restartCount: 1, previousState: ended(7) })).toMatchObject({
        status: 'Failed',
        reason: 'NonZeroExit',
        error: { message: 'A container ended with exit code 7: Error.' },
      });
    },
  );
});

describe('a container that Azure ended for its memory', () => {
  test.each(['OOMKilled', 'Container was OOMKilled'])('has failed with OutOfMemory: %s', (detailStatus) => {
    expect(
      observeRun(id, groupOf({ containers: { main: terminated(137, { detailStatus }) } })),
    ).toMatchObject({
      status: 'Failed',
      reason: 'OutOfMemory',
      error: { code: 'OutOfMemory', message: `A container ended with exit code 137: ${detailStatus}.` },
    });
  });

  test('is told from one that was merely killed', () => {
    expect(outcome({ containers: { main: terminated(137) } })).toBe('Failed NonZeroExit');
  });
});

describe('a group that was stopped', () => {
  test.each([137, 143, 1, null])('has canceled its run, at exit code %s', (exitCode) => {
    const run = observeRun(id, groupOf({ containers: { main: terminated(exitCode, stopped) } }));

    expect(run).toMatchObject({ status: 'Canceled', reason: 'CanceledByCaller', finishedAt: at(20) });
    expect(run).not.toHaveProperty('error');
  });

  test('before a container started has canceled it, too', () => {
    const main = { currentState: { state: 'Terminated', ...stopped } };

    expect(outcome({ containers: { main } })).toBe('Canceled CanceledByCaller');
  });

  test('after its run succeeded has changed nothing of that', () => {
    expect(outcome({ instanceView: { state: 'Stopped' }, containers: { main: terminated(0) } })).toBe(
      'Succeeded Completed',
    );
  });

  test('while one container had ended well has canceled the run', () => {
    expect(outcome({ containers: { main: terminated(0), side: terminated(137, stopped) } })).toBe(
      'Canceled CanceledByCaller',
    );
  });
});

describe('a launch that Azure could not carry out', () => {
  const pull = {
    name: 'Failed',
    type: 'Warning',
    message: 'Failed to pull image "x": not found',
    firstTimestamp: at(3),
  };
  const pulling = { name: 'Pulling', type: 'Normal', message: 'pulling image "x"', firstTimestamp: at(2) };

  test.each(['Failed', 'Canceled'])('with provisioning %s has failed', (provisioningState) => {
    expect(observeRun(id, groupOf({ provisioningState }))).toMatchObject({
      status: 'Failed',
      reason: 'LaunchRejected',
      error: { code: 'LaunchRejected', message: 'Azure could not provision the group.' },
    });
  });

  test('because an image could not be pulled says so, in the words of the event', () => {
    const view = {
      ...waiting('CrashLoopBackOff'),
      events: [pulling, pull, { name: 'BackOff', message: 'later' }],
    };

    expect(
      observeRun(id, groupOf({ provisioningState: 'Failed', containers: { main: view } })),
    ).toMatchObject({
      status: 'Failed',
      reason: 'ImagePull',
      error: { code: 'ImagePull', message: pull.message },
    });
  });

  test('for another reason says what happened last', () => {
    const view = { ...waiting(), events: [pulling, { name: 'FailedMount', message: 'no such share' }] };

    expect(
      observeRun(id, groupOf({ provisioningState: 'Failed', containers: { main: view } })),
    ).toMatchObject({
      reason: 'LaunchRejected',
      error: { message: 'no such share' },
    });
  });

  test('but whose containers have ended is told by their exit codes', () => {
    expect(outcome({ provisioningState: 'Failed', containers: { main: terminated(2) } })).toBe(
      'Failed NonZeroExit',
    );
  });

  test('goes on while Azure still tries to pull', () => {
    const view = { ...waiting('ImagePullBackOff'), events: [pulling, pull] };

    expect(outcome({ containers: { main: view } })).toBe('NotStarted Launching');
  });
});

describe('a run of several containers', () => {
  test('ends when the last of them has, and failed when any did', () => {
    const one = terminated(0, { startTime: at(4), finishTime: at(10) });
    const seen = (other: ReturnType<typeof running>) =>
      observeRun(id, groupOf({ containers: { one, other } }));

    expect(seen(running())).toMatchObject({ status: 'Running', startedAt: at(4) });
    expect(seen(running())).not.toHaveProperty('finishedAt');
    expect(seen(waiting())).toMatchObject({ status: 'Running' });
    expect(seen(terminated(0))).toMatchObject({ status: 'Succeeded', startedAt: at(4), finishedAt: at(20) });
    expect(seen(terminated(9))).toMatchObject({ status: 'Failed', error: { code: 'NonZeroExit' } });
  });

  test('ends with the container that the job names, whatever runs beside it', () => {
    const seen = (main: ReturnType<typeof running> | null, side: ReturnType<typeof running> | null) =>
      observeRun(id, groupOf({ containers: { side, main } }), 'main');

    expect(seen(terminated(0), running(at(1)))).toMatchObject({
      status: 'Succeeded',
      startedAt: at(1),
      finishedAt: at(20),
      containers: [
        { name: 'side', state: 'Running' },
        { name: 'main', exitCode: 0 },
      ],
    });
    expect(seen(terminated(1), terminated(0))).toMatchObject({ status: 'Failed' });
    expect(seen(running(), terminated(1))).toMatchObject({ status: 'Running' });
    expect(seen(waiting(), running())).toMatchObject({ status: 'NotStarted' });
    expect(seen(terminated(0), terminated(137, stopped))).toMatchObject({ status: 'Succeeded' });
  });

  test('ends with all of them where the group has no container of that name', () => {
    const containers = { one: terminated(0), other: running() };

    expect(outcome({ containers }, 'main')).toBe('Running Running');
  });
});

describe('the view of the last run, which Azure may still show,', () => {
  const past = (seconds: number) => ({ startTime: at(-seconds - 60), finishTime: at(-seconds) });

  test('ends no new run, nor starts it', () => {
    for (const view of [
      terminated(0, past(3600)),
      terminated(1, past(60)),
      running(at(-3600)),
      terminated(137, { ...past(60), ...stopped }),
    ]) {
      const run = observeRun(id, groupOf({ containers: { main: view } }));

      expect(run).toMatchObject({
        status: 'NotStarted',
        reason: 'Launching',
        containers: [{ state: 'Waiting', restartCount: 0 }],
      });
      expect(run).not.toHaveProperty('startedAt');
      expect(run).not.toHaveProperty('finishedAt');
    }
  });

  test('is left out of a previous state, too', () => {
    const previousState = ended(0, past(60));

    for (const currentState of [null, { state: 'Waiting' }]) {
      const main = { restartCount: 0, previousState, currentState };
      expect(outcome({ restartPolicy: 'Always', containers: { main } })).toBe('NotStarted Launching');
    }
    const main = running(at(5), { previousState });
    expect(observeRun(id, groupOf({ restartPolicy: 'Always', containers: { main } }))).toMatchObject({
      status: 'Running',
      startedAt: at(5),
    });
  });

  test('of one container does not hide what another does', () => {
    const containers = { one: terminated(0, past(60)), other: running() };

    expect(observeRun(id, groupOf({ containers }))).toMatchObject({
      status: 'Running',
      containers: [{ state: 'Waiting' }, { state: 'Running' }],
    });
  });

  test("is told by the clock, with half a minute for Azure's to be slow", () => {
    const started = (seconds: number) => outcome({ containers: { main: running(at(seconds)) } });

    expect(started(-29.999)).toBe('Running Running');
    expect(started(-30)).toBe('Running Running');
    expect(started(-30.001)).toBe('NotStarted Launching');
    expect(started(3600)).toBe('Running Running');
  });

  test('needs a time to be told by: an end without one counts', () => {
    const main = { currentState: { state: 'Terminated', exitCode: 0, startTime: null, finishTime: null } };
    const run = observeRun(id, groupOf({ containers: { main } }));

    expect(run).toMatchObject({ status: 'Succeeded' });
    expect(run).not.toHaveProperty('finishedAt');
  });
});

describe('times', () => {
  test('are compared as times, whatever the fraction of their seconds', () => {
    const containers = {
      one: terminated(0, { startTime: '2026-01-31T12:00:05.5Z', finishTime: '2026-01-31T12:00:20Z' }),
      other: terminated(0, { startTime: '2026-01-31T12:00:05Z', finishTime: '2026-01-31T12:00:20.25Z' }),
    };

    expect(observeRun(id, groupOf({ containers }))).toMatchObject({
      startedAt: '2026-01-31T12:00:05Z',
      finishedAt: '2026-01-31T12:00:20.25Z',
    });
  });
});

describe('a group without the mark of a run', () => {
  const version4 = '019a0000-0000-4000-8000-000000000000';

  test.each([
    [{}],
    [{ RUN_ID: runId }],
    [{ RUN_ATTEMPT: '1' }],
    [{ RUN_ID: '', RUN_ATTEMPT: '1' }],
    [{ RUN_ID: 'mine', RUN_ATTEMPT: '1' }],
    [{ RUN_ID: version4, RUN_ATTEMPT: '1' }],
    [{ RUN_ID: runId, RUN_ATTEMPT: '0' }],
    [{ RUN_ID: runId, RUN_ATTEMPT: '1.5' }],
    [{ RUN_ID: runId, RUN_ATTEMPT: 'first' }],
    [{ run_id: runId, run_attempt: '1' }],
  ])('carries none of ours: %j', (mark) => {
    expect(observeRun(id, groupOf({ mark, containers: { main: terminated(0) } }))).toBeUndefined();
  });

  test('in every container alike carries none', () => {
    const group = groupOf({ containers: { one: running(), other: running() } });
    const variables = group.properties.containers[1]?.properties.environmentVariables ?? [];
    Object.assign(variables[0] ?? {}, { value: newRunId(askedAt, new Uint8Array(16)) });

    expect(observeRun(id, group)).toBeUndefined();

    Object.assign(group.properties.containers[1] ?? {}, { properties: { image: 'image' } });
    expect(observeRun(id, group)).toBeUndefined();
  });

  test('in clear text carries none', () => {
    const group = groupOf({});
    Object.assign(group.properties.containers[0]?.properties ?? {}, {
      environmentVariables: [{ name: 'RUN_ID' }, { name: 'RUN_ATTEMPT' }],
    });

    expect(observeRun(id, group)).toBeUndefined();
  });
});

describe('a run', () => {
  test('is over when nothing more will happen to it', () => {
    const statuses = ['NotStarted', 'Running', 'Succeeded', 'Failed', 'Canceled'] as const;

    expect(statuses.filter((status) => isOver({ status }))).toEqual(['Succeeded', 'Failed', 'Canceled']);
  });
});
