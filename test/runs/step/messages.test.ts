import { expect, test } from 'vitest';
import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import { newRunId } from '../../../src/runs/runId.ts';
import { takeStep } from '../../../src/runs/step/takeStep.ts';
import { StorageError } from '../../../src/runs/store/rows.ts';
import { createBench, day } from '../bench.ts';
import { askedAt, id, running, terminated } from '../markedGroup.ts';

const containerGroup = resourceIdOf(id);

test('messages do not multiply while the table takes no writes, and the run goes on after that', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  await bench.pass(30, () => bench.show(() => running()));

  bench.rows.failures.commit = { error: new StorageError('503') };
  await bench.pass(900);
  expect(bench.watchQueue.messages.length).toBeLessThan(5);

  bench.rows.failures = {};
  await bench.pass(600, () => bench.show(() => terminated(0)));
  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(bench.watchQueue.messages).toEqual([]);
});

test('while nothing can be stored, a launch that is due is tried again twice a minute, and sent never', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ maxRetries: 1 });
  await bench.pass(10, () => bench.finish(1));
  expect((await bench.run(run.id))?.tasks[0]).toMatchObject({ phase: 'waiting', failures: 1 });
  bench.rows.failures.commit = { error: new StorageError('503') };
  bench.containerGroups.calls.length = 0;

  await bench.pass(600);

  expect(new Set(bench.containerGroups.calls)).toEqual(new Set(['get nightly']));
  expect(bench.containerGroups.calls.length).toBeLessThanOrEqual(22);
});

test('a step that could not even queue its successor is left to its own message', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  bench.watchQueue.failure = { error: new StorageError('503') };

  await expect(takeStep(bench.tools, { containerGroup, runId: run.id, queuedAt: askedAt })).rejects.toThrow(
    StorageError,
  );

  expect((await bench.run(run.id))?.generation).toBe(run.generation);
});

test('a message of an older look is dropped', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  await bench.pass(20, () => bench.show(() => running()));
  const before = [bench.watchQueue.messages.length, await bench.run(run.id)];

  await takeStep(bench.tools, { containerGroup, runId: run.id, generation: 0, queuedAt: askedAt });

  expect([bench.watchQueue.messages.length, await bench.run(run.id)]).toEqual(before);
});

test('a message that came before its run is kept for ten minutes', async () => {
  const bench = createBench();
  const message = { containerGroup, runId: newRunId(askedAt, new Uint8Array(16)), queuedAt: askedAt };
  await bench.watchQueue.send({ ...message, generation: 0 }, 5);

  await bench.pass(590);
  expect(bench.watchQueue.messages).toHaveLength(1);
  await bench.pass(60);
  expect(bench.watchQueue.messages).toEqual([]);
});

test('the run that comes next is told at once when the group is free', async () => {
  const bench = createBench();
  const first = await bench.submit();
  const second = await bench.submit();
  await bench.pass(60, () => bench.show(() => running()));

  await bench.pass(20, () => bench.finish());

  expect(await bench.endOf(first.run.id)).toBe('Completed');
  expect((await bench.run(second.run.id))?.tasks[0]?.attempt).toBe(1);
});

test('a callback is queued once though the duty after it fails again and again', async () => {
  const bench = createBench();
  await bench.submit();
  await bench.pass(300, () => bench.finish());
  bench.clock.now += 31 * day * 1000;
  await bench.submit({ callbackUrl: 'https://callbacks.example/' });
  bench.rows.failures.delete = { error: new StorageError('500') };

  await bench.pass(3_600, () => bench.finish());

  expect(bench.callbackQueue.messages).toHaveLength(1);
  expect(bench.faults).not.toEqual([]);
});
