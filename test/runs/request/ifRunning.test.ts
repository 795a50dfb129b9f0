import { expect, test } from 'vitest';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { createBench, holderAndQueue } from '../bench.ts';
import { id, running, terminated } from '../markedGroup.ts';

test('reject: a request is refused with the id of the run that holds the group', async () => {
  const bench = createBench();
  const { run } = await bench.submit();

  await expect(bench.submit({ ifRunning: 'reject' })).rejects.toMatchObject({
    code: 'RunInProgress',
    message: expect.stringContaining(run.id),
  });

  await bench.pass(60, () => bench.finish());
  expect((await bench.submit({ ifRunning: 'reject' })).run.tasks[0]?.phase).toBe('launching');
});

test('queue: runs come in the order of their requests', async () => {
  const bench = createBench();
  const runIds: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    runIds.push((await bench.submit()).run.id);
  }
  expect(await holderAndQueue(bench)).toEqual({ current: runIds[0], queue: runIds.slice(1) });

  await bench.pass(300, () => bench.finish());

  const launched = bench.containerGroups.written.map(({ properties }) =>
    properties.containers[0]?.properties.environmentVariables?.find(({ name }) => name === 'RUN_ID'),
  );
  expect(launched.map((variable) => variable?.value)).toEqual(runIds);
});

test.each(['queue', 'replace'] as const)(
  '%s: 500 runs may wait for a group, and no more',
  async (ifRunning) => {
    const bench = createBench();
    const { run } = await bench.submit();
    const wait = (length: number) => {
      const queue = Array.from({ length }, (_, index) => `run ${index}`);
      return bench.rows.commit(partitionOf(id), [
        { action: 'put', key: 'head', value: { current: run.id, queue } },
      ]);
    };

    await wait(499);
    expect(await bench.submit({ ifRunning })).toMatchObject({ isReplay: false });
    await wait(500);
    await expect(bench.submit({ ifRunning })).rejects.toMatchObject({
      code: 'RunQueueFull',
      retryAfterSeconds: 60,
    });
  },
);

test('replace: the run that holds the group is told at once, stopped, and followed by the new one', async () => {
  const bench = createBench();
  const first = await bench.submit();
  await bench.pass(20, () => bench.show(() => running()));
  const waiting = await bench.submit();
  const second = await bench.submit({ ifRunning: 'replace' });
  expect((await bench.run(first.run.id))?.wish).toMatchObject({ kind: 'supersede' });

  await bench.pass(1);
  expect(bench.containerGroups.calls).toContain('stop nightly');
  const stopped = { detailStatus: 'Container stopped per client request' };
  await bench.pass(8, () => bench.show(() => terminated(137, stopped)));

  expect(await bench.endOf(first.run.id)).toBe('Superseded');
  expect(await holderAndQueue(bench)).toEqual({
    current: second.run.id,
    queue: [waiting.run.id],
  });
});

test('replace: a run that waits to replace is replaced, too, and one that only waits is not', async () => {
  const bench = createBench();
  await bench.submit();
  const waiting = await bench.submit();
  const second = await bench.submit({ ifRunning: 'replace' });
  const third = await bench.submit({ ifRunning: 'replace' });

  await bench.pass(5);

  expect(await bench.endOf(second.run.id)).toBe('Superseded');
  expect(await bench.endOf(waiting.run.id)).toBeUndefined();
  expect((await bench.tools.store.head(id)).value.queue).toEqual([third.run.id, waiting.run.id]);
});

test('replace: a run that was canceled before stays canceled', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  const stored = await bench.tools.store.run(id, run.id);
  const canceled = { ...run, wish: { kind: 'cancel' as const, at: bench.clock.now } };
  await bench.tools.store.commit(id, { run: { value: canceled, was: stored } });

  await bench.submit({ ifRunning: 'replace' });

  expect((await bench.run(run.id))?.wish?.kind).toBe('cancel');
});
