import { expect, test } from 'vitest';
import { resourceIdOf } from '../../../src/aci/containerGroupId.ts';
import { ScopeNotAllowed } from '../../../src/aci/errors.ts';
import { armError, createBench, day } from '../bench.ts';
import { id, running } from '../markedGroup.ts';

test('a run that is being launched ends though its group may not be read any more', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  bench.containerGroups.failures.get = { error: armError('AuthorizationFailed', 403) };

  await bench.pass(day);

  expect(await bench.endOf(run.id)).toBe('NeverStarted');
});

test('a run whose group is out of ALLOWED_SCOPES by now times out', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  await bench.pass(20, () => bench.show(() => running()));
  for (const method of ['get', 'createOrUpdate', 'stop', 'listLogs'] as const) {
    bench.containerGroups.failures[method] = { error: new ScopeNotAllowed(resourceIdOf(id)) };
  }

  await bench.pass(2 * day);

  expect(await bench.endOf(run.id)).toBe('TimedOut');
  expect(bench.faults).toEqual([]);
});

test('a run that failed at once, and has no quota to be launched again, still times out', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ maxRetries: 3 });
  bench.containerGroups.failures.createOrUpdate = { error: armError('ContainerGroupQuotaReached', 400) };

  await bench.pass(2 * 3_600, () => bench.finish(1));

  expect(await bench.endOf(run.id)).toBe('TimedOut');
});

test('a copy whose template is gone is not looked for in a loop', async () => {
  const bench = createBench();
  const { get } = bench.containerGroups;
  let gets = 0;
  let answer = armError('TooManyRequests', 429);
  bench.containerGroups.get = async (group) => {
    gets += 1;
    bench.clock.now += 100;
    if (group.name === id.name) {
      throw answer;
    }
    return get(group);
  };
  const { run } = await bench.submit({ mode: 'clone' });
  answer = armError('ResourceNotFound', 404);
  gets = 0;

  await bench.pass(300);

  expect(await bench.endOf(run.id)).toBe('GroupDeleted');
  expect(gets).toBeLessThan(10);
});
