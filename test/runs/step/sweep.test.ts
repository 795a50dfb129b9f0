import { expect, test } from 'vitest';
import { sweepRuns } from '../../../src/runs/step/sweepRuns.ts';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { armError, type Bench, createBench, day, hour } from '../bench.ts';
import { at, id, running } from '../markedGroup.ts';

const month = 30 * day;

/** A run from its request to its end, which sweeps what is old. */
async function runOnce(bench: Bench, changes: Parameters<Bench['submit']>[0] = {}): Promise<string> {
  const { run } = await bench.submit(changes);
  await bench.pass(300, () => bench.finish());
  return run.id;
}

test('a run goes with all that is stored of it once it was over for as long as runs are kept', async () => {
  const bench = createBench();
  const first = await runOnce(bench, {
    idempotency: { hash: 'abc', fingerprint: 'body', lifetime: day * 1000 },
  });
  bench.clock.now += month * 1000;
  await runOnce(bench);

  expect(await bench.run(first)).toBeUndefined();
  const keys = bench.rows.rowsOf(partitionOf(id)).map(({ key }) => key);
  expect(keys.filter((key) => key.includes(first) || key.startsWith('key-'))).toEqual([]);
});

test('the key of a run that is swept is kept when it stands for a newer run by now', async () => {
  const bench = createBench();
  const idempotency = { hash: 'abc', fingerprint: 'body', lifetime: day * 1000 };
  const first = await runOnce(bench, { idempotency });
  bench.clock.now += month * 1000 - 600_000;
  const second = (await bench.submit({ idempotency })).run.id;
  bench.clock.now += 3_600_000;
  await bench.pass(300, () => bench.finish());
  expect(await bench.run(first)).toBeUndefined();

  expect(await bench.submit({ idempotency })).toMatchObject({ isReplay: true, run: { id: second } });
});

test('a run that took longer than runs are kept is still kept for that long after its end', async () => {
  const bench = createBench();
  bench.tools.retention = day * 1000;
  const { run } = await bench.submit({ timeoutSeconds: 3 * day });
  await bench.pass(1.2 * day, () => bench.show(() => running(at(5))));
  await bench.pass(120, () => bench.finish());
  await runOnce(bench);

  expect(await bench.endOf(run.id)).toBe('Completed');
});

test('a run that is not over is never swept, however old it is', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ timeoutSeconds: 3 * day });
  bench.tools.retention = hour * 1000;
  await bench.pass(2 * hour, () => bench.show(() => running(at(5))));

  await sweepRuns(bench.tools, id);

  expect(await bench.run(run.id)).toMatchObject({ tasks: [{ phase: 'watching' }] });
});

test('a run that has duties left is not swept', async () => {
  const bench = createBench();
  bench.containerGroups.failures.list = { error: armError('AuthorizationFailed', 403) };
  const { run } = await bench.submit({ mode: 'clone' });
  bench.tools.retention = hour * 1000;
  await bench.pass(2 * hour, () => bench.finish());

  await sweepRuns(bench.tools, id);

  expect(await bench.run(run.id)).toMatchObject({ duties: ['copies'] });
});

test('all logs of a run that is swept go, also more of them than one request lists', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  const words = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`container-${index}`, 'x']));
  for (let task = 0; task < 100; task += 1) {
    await bench.tools.store.keepLogs(id, run.id, task, words);
  }

  await bench.tools.store.remove(id, run);

  expect(bench.rows.rowsOf(partitionOf(id)).filter(({ key }) => key.startsWith('log-'))).toEqual([]);
});
