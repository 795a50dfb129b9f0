import { expect, test } from 'vitest';
import { submitRun } from '../../../src/runs/request/submitRun.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { StorageError } from '../../../src/runs/store/rows.ts';
import { asking, createBench } from '../bench.ts';
import { id } from '../markedGroup.ts';

const broken = { error: new StorageError('500') };

test('a request that is stored is answered with its run, whatever the storage says after that', async () => {
  const bench = createBench();
  await bench.submit();
  const { send } = bench.watchQueue;
  let sends = 0;
  bench.tools.watchQueue = {
    async send(message, delaySeconds) {
      sends += 1;
      if (sends > 1) {
        throw broken.error;
      }
      return send(message, delaySeconds);
    },
  };

  const { run } = await submitRun(bench.tools, asking({ ifRunning: 'replace' }), 8_000);

  expect(await bench.run(run.id)).toMatchObject({ ifRunning: 'replace' });
});

test('a commit whose answer was lost is found again', async () => {
  const bench = createBench();
  bench.rows.failures.commit = { ...broken, isEffective: true };

  const { run, isReplay } = await bench.submit();

  expect(isReplay).toBe(false);
  expect(await bench.run(run.id)).toMatchObject({ tasks: [{ phase: 'launching' }] });
});

test('a request whose commit did not happen is an error, and its message finds nothing to do', async () => {
  const bench = createBench();
  bench.rows.failures.commit = broken;

  await expect(bench.submit()).rejects.toThrow(StorageError);
  bench.rows.failures = {};
  await bench.pass(700);

  expect(bench.rows.rowsOf(partitionOf(id))).toEqual([]);
  expect(bench.containerGroups.written).toEqual([]);
  expect(bench.watchQueue.messages).toEqual([]);
});

test('a request whose message cannot be queued is not stored', async () => {
  const bench = createBench();
  bench.watchQueue.failure = broken;

  await expect(bench.submit()).rejects.toThrow(StorageError);

  expect(bench.rows.rowsOf(partitionOf(id))).toEqual([]);
});
