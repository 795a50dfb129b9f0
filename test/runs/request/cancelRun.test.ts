import { expect, test } from 'vitest';
import { cancelRun } from '../../../src/runs/request/cancelRun.ts';
import { newRunId } from '../../../src/runs/runId.ts';
import { armError, type Bench, createBench, holderAndQueue } from '../bench.ts';
import { askedAt, groupOf, id, running, terminated } from '../markedGroup.ts';

const stopped = () => terminated(137, { detailStatus: 'Container stopped per client request' });

function cancel({ tools }: Bench, runId: string) {
  return cancelRun(tools, id, runId, 8_000);
}

function writes({ containerGroups }: Bench) {
  return containerGroups.calls.filter((call) => !call.startsWith('get') && !call.startsWith('listLogs'));
}

/** Containers that run until their group is told to stop. */
function showUntilStopped(bench: Bench): void {
  bench.show(() => (writes(bench).includes('stop nightly') ? stopped() : running()));
}

test('a run that waits in the queue is over at once, and leaves it', async () => {
  const bench = createBench();
  const first = await bench.submit();
  const second = await bench.submit();

  expect((await cancel(bench, second.run.id))?.end).toEqual({
    status: 'Canceled',
    reason: 'CanceledByCaller',
  });
  expect(await holderAndQueue(bench)).toEqual({ current: first.run.id, queue: [] });
});

test('a run that waits to replace another is over at once; the other ends all the same', async () => {
  const bench = createBench();
  const first = await bench.submit();
  const second = await bench.submit({ ifRunning: 'replace' });

  expect((await cancel(bench, second.run.id))?.end?.reason).toBe('CanceledByCaller');
  await bench.pass(60, () => showUntilStopped(bench));

  expect(await bench.endOf(first.run.id)).toBe('Superseded');
  expect((await bench.tools.store.head(id)).value.queue).toEqual([]);
});

test('a run that is being launched is stopped once that is settled, and not before', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  bench.containerGroups.put(groupOf({ mark: {} })); // its PUT is still to come

  expect((await cancel(bench, run.id))?.end).toBeUndefined();
  expect(writes(bench)).toEqual(['createOrUpdate nightly']);

  for (const written of bench.containerGroups.written) {
    bench.containerGroups.put({ ...written, id: groupOf({}).id ?? '' });
  }
  await bench.pass(30, () => showUntilStopped(bench));
  expect(writes(bench)).toEqual(['createOrUpdate nightly', 'stop nightly']);
  expect(await bench.endOf(run.id)).toBe('CanceledByCaller');
});

test('a run whose containers run is stopped at once', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  await bench.pass(20, () => bench.show(() => running()));

  await cancel(bench, run.id);

  expect(writes(bench)).toEqual(['createOrUpdate nightly', 'stop nightly']);
});

test('a run that is ending ends as it was going to', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  bench.containerGroups.failures.listLogs = { error: armError('InternalServerError', 500) };
  await bench.pass(7, () => bench.finish(1));
  expect((await bench.run(run.id))?.tasks[0]?.phase).toBe('ending');

  await cancel(bench, run.id);
  await bench.pass(60);

  expect(await bench.endOf(run.id)).toBe('NonZeroExit');
});

test('a run that is over cannot be canceled, but to cancel it twice is no fault', async () => {
  const bench = createBench();
  const first = await bench.submit();
  const second = await bench.submit();
  await cancel(bench, second.run.id);
  await bench.pass(60, () => bench.finish());

  await expect(cancel(bench, first.run.id)).rejects.toMatchObject({ code: 'RunIsOver' });
  expect((await cancel(bench, second.run.id))?.end?.reason).toBe('CanceledByCaller');
});

test('there is nothing to cancel without a run', async () => {
  expect(await cancel(createBench(), newRunId(askedAt, new Uint8Array(16)))).toBeUndefined();
});
