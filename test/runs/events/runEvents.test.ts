import { describe, expect, test } from 'vitest';
import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import type { ArmError } from '../../../src/aci/errors.ts';
import type { RunEvent } from '../../../src/runs/events/runEvent.ts';
import { runEvents } from '../../../src/runs/events/runEvents.ts';
import { tellingRunStore } from '../../../src/runs/events/tellingRunStore.ts';
import { cancelRun } from '../../../src/runs/request/cancelRun.ts';
import type { RunAsked } from '../../../src/runs/request/runAsked.ts';
import { armError, createBench } from '../bench.ts';
import { groupOf, id, running, terminated } from '../markedGroup.ts';
import { recordOf } from '../runRecords.ts';

const resourceId = resourceIdOf(id);

/** What an event says besides of which run it is. */
type Said = { event: string; [name: string]: unknown };

/** A bench that tells. */
function createTellingBench(group = groupOf({ mark: {} })) {
  const bench = createBench(group);
  const told: RunEvent[] = [];
  bench.tools.store = tellingRunStore(bench.tools.store, (event) => void told.push(event));
  const eventsOf = (runId: string): Said[] =>
    told
      .filter((event) => event.runId === runId)
      .map(({ runId: _, containerGroup: __, job: ___, mode: ____, traceId: _____, ...said }) => said);
  return { ...bench, told, eventsOf };
}

const busy = (bench: ReturnType<typeof createBench>, error: ArmError | undefined) => {
  if (error) {
    bench.containerGroups.failures.createOrUpdate = { error };
  } else {
    delete bench.containerGroups.failures.createOrUpdate;
  }
};

describe('the events of a run', () => {
  test('are its creation, its launch, its start and its end, with how long each took', async () => {
    const bench = createTellingBench();
    const { run } = await bench.submit();
    await bench.pass(20, () => bench.show(() => running()));
    bench.finish();
    await bench.pass(120);

    const events = bench.eventsOf(run.id);
    expect(events.map(({ event }) => event)).toEqual([
      'run.created',
      'run.launched',
      'run.started',
      'run.finished',
    ]);
    expect(events[0]).toEqual({ event: 'run.created', startedBy: 'a test', tasks: 1 });
    expect(events[1]).toEqual({ event: 'run.launched', attempt: 1, waitedSeconds: 0 });
    expect(events[2]).toEqual({ event: 'run.started', attempt: 1, startSeconds: 5 });
    expect(events[3]).toMatchObject({
      status: 'Succeeded',
      reason: 'Completed',
      attempts: 1,
      exitCodes: { main: 0 },
    });
    expect(bench.told[0]).toMatchObject({ runId: run.id, containerGroup: resourceId, mode: 'recreate' });
  });

  test('tell why it waits, and afterwards how long that took', async () => {
    const bench = createTellingBench();
    busy(bench, armError('ContainerGroupQuotaReached', 409));
    const { run } = await bench.submit();
    await bench.pass(70);
    busy(bench, undefined);
    await bench.pass(120, () => bench.finish());

    const events = bench.eventsOf(run.id);
    expect(events[1]).toEqual({
      event: 'run.waiting',
      reason: 'QuotaReached',
      code: 'ContainerGroupQuotaReached',
    });
    const launched = events.find(({ event }) => event === 'run.launched');
    expect(launched).toMatchObject({ attempt: 1, waitReason: 'QuotaReached' });
    expect(launched?.['waitedSeconds']).toBeGreaterThan(9);
  });

  test('tell of one that had to wait for its turn', async () => {
    const bench = createTellingBench();
    await bench.submit();
    const { run } = await bench.submit({ ifRunning: 'queue' });
    await bench.pass(60, () => bench.finish());

    expect(bench.eventsOf(run.id).find(({ event }) => event === 'run.launched')).toMatchObject({
      waitReason: 'Queued',
    });
  });

  test('tell of each attempt that failed, and of the last as the failure of the run', async () => {
    const bench = createTellingBench();
    const { run } = await bench.submit({ maxRetries: 1 });
    await bench.pass(300, () => bench.finish(3));

    expect(
      bench.eventsOf(run.id).map(({ event, ...rest }) => [event, rest['attempt'] ?? rest['attempts']]),
    ).toEqual([
      ['run.created', undefined],
      ['run.launched', 1],
      ['run.started', 1],
      ['run.attemptFailed', 1],
      ['run.launched', 2],
      ['run.failed', 2],
    ]);
    expect(bench.eventsOf(run.id)[3]).toMatchObject({ exitCodes: { main: 3 } });
  });

  test.each<[string, Partial<RunAsked>, boolean, string, string]>([
    ['somebody cancels', {}, true, 'cancel', 'run.canceled'],
    ['its time is up', { timeoutSeconds: 30 }, false, 'timeout', 'run.timedOut'],
  ])('tell that %s, and how it ended then', async (_, asked, isCanceled, why, end) => {
    const bench = createTellingBench();
    const { run } = await bench.submit(asked);
    await bench.pass(20, () => bench.show(() => running()));
    if (isCanceled) {
      await cancelRun(bench.tools, id, run.id, 8_000);
    }
    await bench.pass(60);
    bench.show(() => terminated(137, { detailStatus: 'Container stopped per client request' }));
    await bench.pass(300);

    const events = bench.eventsOf(run.id);
    expect(events).toContainEqual({ event: 'run.stopRequested', why });
    expect(events.at(-1)?.event).toBe(end);
  });

  test('tell of one that never started, with what kept it', async () => {
    const bench = createTellingBench();
    busy(bench, armError('ServiceUnavailable', 409));
    const { run } = await bench.submit({ startWithinSeconds: 60 });
    await bench.pass(600);

    const end = bench.eventsOf(run.id).at(-1);
    expect(end).toMatchObject({
      event: 'run.timedOut',
      reason: 'NeverStarted',
      totalSeconds: expect.any(Number),
    });
    expect(end).not.toHaveProperty('runSeconds');
  });

  test('of copies say which one, and count how they ended', async () => {
    const bench = createTellingBench();
    const { run } = await bench.submit({ mode: 'clone', tasks: 2, parallelism: 2 });
    await bench.pass(120, () => bench.finish());

    const events = bench.eventsOf(run.id);
    expect(events.filter(({ event }) => event === 'run.launched').map((each) => each['task'])).toEqual([
      0, 1,
    ]);
    expect(events.at(-1)).toMatchObject({ event: 'run.finished', tasks: { Succeeded: 2 } });
    expect(events.at(-1)).not.toHaveProperty('exitCodes');
  });

  test('tell of none that nobody stored', async () => {
    const bench = createTellingBench();
    const { run } = await bench.submit();
    const stored = await bench.tools.store.run(id, run.id);
    await bench.pass(6);
    const before = bench.told.length;

    const value = { ...run, wish: { kind: 'cancel' as const, at: bench.clock.now } };
    expect(await bench.tools.store.commit(id, { run: { value, was: stored } })).toBe(false);

    expect(bench.told).toHaveLength(before);
  });
});

test('events carry the trace of the request, and the name of the job', () => {
  const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  expect(runEvents(undefined, recordOf({ traceparent, job: 'nightly' }))).toEqual([
    {
      runId: recordOf().id,
      containerGroup: resourceId,
      job: 'nightly',
      mode: 'recreate',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      event: 'run.created',
      startedBy: 'a test',
      tasks: 1,
    },
  ]);
});

test('an event says the code of an error, and nothing of its words', () => {
  const waitError = { code: 'InvalidImage', message: 'hunter2' };
  const end = { status: 'Failed', reason: 'LaunchRejected', error: waitError } as const;
  const events = runEvents(recordOf(), recordOf({ end }, { waitReason: 'ImagePull', waitError }));

  expect(JSON.stringify(events)).toContain('InvalidImage');
  expect(JSON.stringify(events)).not.toContain('hunter2');
});
