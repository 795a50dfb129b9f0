import { describe, expect, test } from 'vitest';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { type GroupViewOptions, observeGroup, startsOf } from '../../../src/runs/life/observeGroup.ts';
import { at, ended, groupOf, running, terminated, waiting } from '../markedGroup.ts';

type Group = Parameters<typeof groupOf>[0];

/** What a group tells of its run, with its end beside the rest of it. */
function seenIn(document: ContainerGroupDocument, options: Partial<GroupViewOptions> = {}) {
  const { end, ...view } = observeGroup(document, { lastStarts: {}, ...options });
  const status = view.startedAt === undefined ? 'NotStarted' : 'Running';
  return { status, ...view, ...end };
}

/** How the run ended; whether it has started, while it has not. */
function outcome(group: Group, options: Partial<GroupViewOptions> = {}): string {
  const { end, startedAt } = observeGroup(groupOf(group), { lastStarts: {}, ...options });
  return end ? `${end.status} ${end.reason}` : startedAt === undefined ? 'NotStarted' : 'Running';
}

const stopped = { detailStatus: 'Container stopped per client request' };

describe('a run that is seen in its group', () => {
  test('is told whole', () => {
    const containers = { main: terminated(3, {}, { restartCount: 2 }), side: null };

    expect(observeGroup(groupOf({ containers }), { lastStarts: {} })).toEqual({
      startedAt: at(5),
      isAtRest: false,
      containers: [
        { name: 'main', state: 'Terminated', exitCode: 3, restartCount: 2, detailStatus: 'Error' },
        { name: 'side', state: 'Waiting', restartCount: 0 },
      ],
    });
  });
});

describe('while Azure works on the group, the run is launching, whatever the view shows', () => {
  test.each([
    ...['NotSpecified', 'Accepted', 'Pending', 'Updating', 'Creating', 'Repairing', 'Deleting'],
    ...['PreProvisioned', '', 'AWordOfTomorrow'],
  ])('%s', (provisioningState) => {
    for (const view of [null, waiting(), running(), terminated(0), terminated(1), terminated(137, stopped)]) {
      const run = seenIn(groupOf({ provisioningState, containers: { main: view } }));

      expect(run).toMatchObject({ status: 'NotStarted' });
      expect(run.containers).toEqual([{ name: 'main', state: 'Waiting', restartCount: 0 }]);
      expect(run).not.toHaveProperty('startedAt');
      expect(run).not.toHaveProperty('finishedAt');
    }
  });
});

describe('once Azure has provisioned the group', () => {
  test.each(['Succeeded', 'Unhealthy', 'NotAccessible'])('%s, its containers tell', (provisioningState) => {
    const seen = (view: Parameters<typeof terminated>[2] | null) =>
      outcome({ provisioningState, containers: { main: view ?? null } });

    expect(seen(null)).toBe('NotStarted');
    expect(seen({})).toBe('NotStarted');
    expect(seen({ currentState: null })).toBe('NotStarted');
    expect(seen(waiting())).toBe('NotStarted');
    expect(seen(running())).toBe('Running');
    expect(seen(terminated(0))).toBe('Succeeded Completed');
    expect(seen(terminated(2))).toBe('Failed NonZeroExit');
  });

  test("the group's own state says nothing: exit code 2 under Never is Failed beside Succeeded", () => {
    for (const state of ['Pending', 'Running', 'Succeeded', 'Failed', 'Stopped', null]) {
      expect(outcome({ instanceView: { state }, containers: { main: terminated(2) } })).toBe(
        'Failed NonZeroExit',
      );
      expect(outcome({ instanceView: { state }, containers: { main: running() } })).toBe('Running');
    }
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
    expect(seenIn(groupOf({ containers: { main: terminated(42) } }))).toMatchObject({
      error: { code: 'NonZeroExit', message: 'A container ended with exit code 42: Error.' },
      startedAt: at(5),
      finishedAt: at(20),
      containers: [{ exitCode: 42 }],
    });
    const succeeded = seenIn(groupOf({ containers: { main: terminated(0) } }));
    expect(succeeded).not.toHaveProperty('error');
    expect(succeeded).toMatchObject({ startedAt: at(5), finishedAt: at(20), containers: [{ exitCode: 0 }] });
    const unknown = seenIn(groupOf({ containers: { main: terminated(null, { detailStatus: '' }) } }));
    expect(unknown.error?.message).toBe('A container ended with no exit code.');
    expect(unknown.containers[0]).not.toHaveProperty('exitCode');
  });

  test('that Azure started again all the same is running again', () => {
    const main = running(at(30), { restartCount: 1, previousState: ended(1) });

    expect(seenIn(groupOf({ containers: { main } }))).toMatchObject({
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
    const run = seenIn(groupOf({ restartPolicy, containers: { main } }));

    expect(run).toMatchObject({
      status: 'Succeeded',
      reason: 'Completed',
      startedAt: at(5),
      finishedAt: at(70),
      containers: [{ exitCode: 0, restartCount: 4 }],
    });
  });

  test('goes on when its container fails, for Azure starts it again', () => {
    const run = seenIn(groupOf({ restartPolicy, containers: { main: terminated(1) } }));

    expect(run).toMatchObject({ status: 'Running', containers: [{ exitCode: 1 }] });
    expect(run).not.toHaveProperty('finishedAt');
    expect(
      outcome({ restartPolicy, containers: { main: running(at(9), { previousState: ended(1) }) } }),
    ).toBe('Running');
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
        return seenIn(group);
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
    expect(seenIn(groupOf({ containers: { main: terminated(137, { detailStatus }) } }))).toMatchObject({
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
    const run = seenIn(groupOf({ containers: { main: terminated(exitCode, stopped) } }));

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
    expect(seenIn(groupOf({ provisioningState }))).toMatchObject({
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

    expect(seenIn(groupOf({ provisioningState: 'Failed', containers: { main: view } }))).toMatchObject({
      status: 'Failed',
      reason: 'ImagePull',
      error: { code: 'ImagePull', message: pull.message },
    });
  });

  test('for another reason says what happened last', () => {
    const view = { ...waiting(), events: [pulling, { name: 'FailedMount', message: 'no such share' }] };

    expect(seenIn(groupOf({ provisioningState: 'Failed', containers: { main: view } }))).toMatchObject({
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

    expect(outcome({ containers: { main: view } })).toBe('NotStarted');
  });
});

describe('a run of several containers', () => {
  test('ends when the last of them has, and failed when any did', () => {
    const one = terminated(0, { startTime: at(4), finishTime: at(10) });
    const seen = (other: ReturnType<typeof running>) => seenIn(groupOf({ containers: { one, other } }));

    expect(seen(running())).toMatchObject({ status: 'Running', startedAt: at(4) });
    expect(seen(running())).not.toHaveProperty('finishedAt');
    expect(seen(waiting())).toMatchObject({ status: 'Running' });
    expect(seen(terminated(0))).toMatchObject({ status: 'Succeeded', startedAt: at(4), finishedAt: at(20) });
    expect(seen(terminated(9))).toMatchObject({ status: 'Failed', error: { code: 'NonZeroExit' } });
  });

  test('ends with the container that the job names, whatever runs beside it', () => {
    const seen = (main: ReturnType<typeof running> | null, side: ReturnType<typeof running> | null) =>
      seenIn(groupOf({ containers: { side, main } }), { container: 'main' });

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
    expect(seen(waiting(), running())).toMatchObject({ status: 'Running' });
    expect(seen(terminated(0), terminated(137, stopped))).toMatchObject({ status: 'Succeeded' });
  });

  test('ends with all of them where the group has no container of that name', () => {
    const containers = { one: terminated(0), other: running() };

    expect(outcome({ containers }, { container: 'main' })).toBe('Running');
  });
});

describe('the view of an earlier life, which Azure may still show,', () => {
  const past = { startTime: at(-120), finishTime: at(-60) };
  const lastStarts = { main: [at(-120)], one: [at(-120)] };

  test('ends no new run, nor starts it', () => {
    for (const view of [
      terminated(0, past),
      terminated(1, past),
      running(at(-120)),
      terminated(137, { ...past, ...stopped }),
    ]) {
      const run = seenIn(groupOf({ containers: { main: view } }), { lastStarts });

      expect(run).toMatchObject({
        status: 'NotStarted',
        containers: [{ state: 'Waiting', restartCount: 0 }],
      });
      expect(run).not.toHaveProperty('startedAt');
      expect(run).not.toHaveProperty('finishedAt');
    }
  });

  test('is told by its start alone: whatever the clocks say, another start is the run’s', () => {
    for (const seconds of [-3600, -119.999, -120.001, 0, 5]) {
      expect(outcome({ containers: { main: running(at(seconds)) } }, { lastStarts })).toBe('Running');
    }
    expect(outcome({ containers: { main: running(at(-120)) } }, { lastStarts })).toBe('NotStarted');
  });

  test('is that of the container of the same name alone', () => {
    const containers = { other: running(at(-120)) };

    expect(outcome({ containers }, { lastStarts })).toBe('Running');
  });

  test('is left out of a previous state, too', () => {
    const previousState = ended(0, past);

    for (const currentState of [null, { state: 'Waiting' }]) {
      const main = { restartCount: 0, previousState, currentState };
      expect(outcome({ restartPolicy: 'Always', containers: { main } }, { lastStarts })).toBe('NotStarted');
    }
    const main = running(at(5), { previousState });
    expect(seenIn(groupOf({ restartPolicy: 'Always', containers: { main } }), { lastStarts })).toMatchObject({
      status: 'Running',
      startedAt: at(5),
    });
  });

  test('of one container does not hide what another does', () => {
    const containers = { one: terminated(0, past), other: running() };

    expect(seenIn(groupOf({ containers }), { lastStarts })).toMatchObject({
      status: 'Running',
      containers: [{ state: 'Waiting' }, { state: 'Running' }],
    });
  });

  test('needs a time to be told by: an end without one counts', () => {
    const main = { currentState: { state: 'Terminated', exitCode: 0, startTime: null, finishTime: null } };
    const run = seenIn(groupOf({ containers: { main } }), {
      lastStarts: startsOf(groupOf({ containers: { main } })),
    });

    expect(run).toMatchObject({ status: 'Succeeded' });
    expect(run).not.toHaveProperty('finishedAt');
  });

  test('is what startsOf remembers of a group: every start that it shows, and the end of what never started', () => {
    const group = groupOf({
      containers: {
        both: running(at(30), { previousState: ended(1) }),
        never: { currentState: { state: 'Terminated', finishTime: at(7) } },
        none: null,
      },
    });

    expect(startsOf(group)).toEqual({ both: [at(30), at(5)], never: [at(7)], none: [] });
  });
});

describe('retries', () => {
  const restarted = (restartCount: number, current = running(at(30))) =>
    outcome(
      {
        restartPolicy: 'OnFailure',
        containers: { main: { ...current, restartCount, previousState: ended(1) } },
      },
      { maxRetries: 2 },
    );

  test('of Azure’s own under OnFailure are counted, and one too many is the end', () => {
    expect(restarted(2)).toBe('Running');
    expect(restarted(2, terminated(1))).toBe('Failed NonZeroExit');
    expect(restarted(3)).toBe('Failed NonZeroExit');
  });

  test('are without number where nobody says how many', () => {
    const containers = { main: terminated(1, {}, { restartCount: 50 }) };

    expect(outcome({ restartPolicy: 'OnFailure', containers })).toBe('Running');
  });
});

describe('a group at rest, in which nothing will start by itself,', () => {
  const atRest = (group: Group) => observeGroup(groupOf(group), { lastStarts: {} }).isAtRest;

  test.each([
    ['Never', terminated(1), true],
    ['Never', running(), false],
    ['OnFailure', terminated(0), true],
    ['OnFailure', terminated(1), false],
    ['OnFailure', terminated(137, stopped), true],
    ['Always', terminated(0), false],
    ['Always', terminated(137, stopped), true],
    ['Never', waiting(), false],
  ])('is, under %s, told by its containers', (restartPolicy, main, expected) => {
    expect(atRest({ restartPolicy, containers: { main } })).toBe(expected);
  });

  test('is one that was stopped, and one that could not be provisioned; none that Azure works on', () => {
    expect(atRest({ instanceView: { state: 'Stopped' }, restartPolicy: 'Always' })).toBe(true);
    expect(atRest({ provisioningState: 'Failed', containers: { main: waiting() } })).toBe(true);
    expect(atRest({ provisioningState: 'Pending', containers: { main: terminated(0) } })).toBe(false);
  });
});

describe('times', () => {
  test('are compared as times, whatever the fraction of their seconds', () => {
    const containers = {
      one: terminated(0, { startTime: '2026-01-31T12:00:05.5Z', finishTime: '2026-01-31T12:00:20Z' }),
      other: terminated(0, { startTime: '2026-01-31T12:00:05Z', finishTime: '2026-01-31T12:00:20.25Z' }),
    };

    expect(seenIn(groupOf({ containers }))).toMatchObject({
      startedAt: '2026-01-31T12:00:05Z',
      finishedAt: '2026-01-31T12:00:20.25Z',
    });
  });
});
