import { expect, test } from 'vitest';
import { ArmError } from '../../../src/aci/errors.ts';
import { takeStep } from '../../../src/runs/step/takeStep.ts';
import { armError, type Bench, createBench, hour } from '../bench.ts';
import { groupOf, id, running, terminated } from '../markedGroup.ts';

const two = groupOf({ mark: {}, containers: { main: null, sidecar: null } });

function logsOf({ tools }: Bench, runId: string) {
  return Promise.all(['main', 'sidecar'].map((container) => tools.store.log(id, runId, 0, container)));
}

test('what each container printed last is kept before the group is given on', async () => {
  const bench = createBench(two);
  bench.containerGroups.logs = 'the last words\n';
  const { run } = await bench.submit({ overrides: {}, decidingContainer: 'main' });

  await bench.pass(60, () => bench.finish());

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(await logsOf(bench, run.id)).toEqual(['the last words\n', 'the last words\n']);
});

test('of long logs the end is kept, from the beginning of a line', async () => {
  const bench = createBench();
  bench.containerGroups.logs = `first\n${'x'.repeat(70_000)}\nlast\n`;
  const { run } = await bench.submit();

  await bench.pass(60, () => bench.finish());

  expect(await bench.tools.store.log(id, run.id, 0, 'main')).toBe('last\n');
});

test('logs that the app may not read are none, and do not put the end off', async () => {
  const bench = createBench(two);
  bench.containerGroups.failures.listLogs = { error: armError('AuthorizationFailed', 403) };
  const { run } = await bench.submit({ overrides: {} });

  await bench.pass(20, () => bench.finish());

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(await logsOf(bench, run.id)).toEqual(['', '']);
});

test('logs that Azure cannot give now are asked for again, five times at most', async () => {
  const bench = createBench();
  bench.containerGroups.failures.listLogs = { error: armError('InternalServerError', 500) };
  const { run } = await bench.submit();

  await bench.pass(120, () => bench.finish());

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(bench.containerGroups.calls.filter((call) => call.startsWith('listLogs'))).toHaveLength(5);
});

test('the logs of many tasks that hang are no more work at once than a function has time for', async () => {
  const bench = createBench();
  await bench.submit({ mode: 'clone', tasks: 40, parallelism: 40, ttlSeconds: hour });
  await bench.pass(10, () => bench.show(() => running()));
  let calls = 0;
  bench.containerGroups.listLogs = async () => {
    calls += 1;
    throw new ArmError({ code: 'ArmTimeout', message: 'It hung.' });
  };
  bench.show(() => terminated(0));

  const [next] = bench.watchQueue.messages.splice(0, 1);
  bench.clock.now = next?.visibleAt ?? 0;
  await takeStep(bench.tools, next?.message ?? expect.fail('There is no message.'));

  expect(calls).toBe(10);
});

test('a copy that one look missed is not given up for the time that the logs of another take', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ mode: 'clone', tasks: 2, parallelism: 2 });
  await bench.pass(10, () => bench.show(() => running()));
  const { get, listLogs } = bench.containerGroups;
  let isMissed = false;
  bench.containerGroups.get = (id) => {
    if (isMissed || id.name !== run.tasks[1]?.name) {
      return get(id);
    }
    isMissed = true;
    return Promise.reject(armError('ResourceNotFound', 404));
  };
  bench.containerGroups.listLogs = (...asked) => {
    bench.clock.now += 30_000;
    return listLogs(...asked);
  };

  await bench.pass(300, () => bench.finish());

  expect(isMissed).toBe(true);
  expect(await bench.endOf(run.id)).toBe('Completed');
});
