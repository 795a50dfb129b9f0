import { expect, test } from 'vitest';
import { ArmError } from '../../../src/aci/errors.ts';
import { cancelRun } from '../../../src/runs/request/cancelRun.ts';
import { armError, createBench } from '../bench.ts';
import { groupOf, id, running, terminated } from '../markedGroup.ts';

test('what still runs of a failed launch is stopped when its run is canceled before the next', async () => {
  const bench = createBench(groupOf({ mark: {}, containers: { main: null, sidecar: null } }));
  const { run } = await bench.submit({ overrides: {}, maxRetries: 3, decidingContainer: 'main' });
  bench.show((name) => (name === 'main' ? terminated(1) : running()));
  await bench.pass(6);
  expect((await bench.run(run.id))?.tasks[0]).toMatchObject({ phase: 'waiting', failures: 1 });

  await cancelRun(bench.tools, id, run.id, 8_000);
  await bench.pass(300);

  expect(bench.containerGroups.calls).toContain('stop nightly');
});

test('a wish does not override an end that the containers have reached already', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  bench.finish();

  expect((await cancelRun(bench.tools, id, run.id, 8_000))?.end?.reason).toBe('Completed');
});

test('an end that is reached while its logs are kept is not overridden either', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  bench.containerGroups.failures.listLogs = { error: armError('InternalServerError', 500) };
  await bench.pass(7, () => bench.finish());
  expect((await bench.run(run.id))?.tasks[0]).toMatchObject({ phase: 'ending' });

  await cancelRun(bench.tools, id, run.id, 8_000);
  await bench.pass(120);

  expect(await bench.endOf(run.id)).toBe('Completed');
});

test('what still runs of a failed launch is stopped when its run is canceled after the next got lost', async () => {
  const bench = createBench(groupOf({ mark: {}, containers: { main: null, sidecar: null } }));
  const { run } = await bench.submit({ overrides: {}, maxRetries: 3, decidingContainer: 'main' });
  const show = () => bench.show((name) => (name === 'main' ? terminated(1) : running()));
  const lost = new ArmError({ code: 'ArmTimeout', message: 'Nothing came.', outcomeUnknown: true });
  bench.containerGroups.failures.createOrUpdate = { error: lost };
  await bench.pass(30, show);
  expect((await bench.run(run.id))?.tasks[0]).toMatchObject({ phase: 'launching', failures: 1 });

  await cancelRun(bench.tools, id, run.id, 8_000);
  await bench.pass(300, show);

  expect(bench.containerGroups.calls).toContain('stop nightly');
});

test('a run is over soon after its stop, also when its message came while the stop was under way', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  await bench.pass(20, () => bench.show(() => running()));
  const stopped = { detailStatus: 'Container stopped per client request' };
  const { stop } = bench.containerGroups;
  bench.tools.containerGroups = {
    ...bench.containerGroups,
    async stop(group) {
      await bench.pass(0);
      await stop(group);
      bench.show(() => terminated(137, stopped));
    },
  };

  await cancelRun(bench.tools, id, run.id, 8_000);
  await bench.pass(40);

  expect(await bench.endOf(run.id)).toBe('CanceledByCaller');
});
