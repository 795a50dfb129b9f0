import { expect, test } from 'vitest';
import { armError, type Bench, createBench, day, hour } from '../bench.ts';
import { at, groupOf, id, running, terminated } from '../markedGroup.ts';

const second = 1000;

function copiesOf({ containerGroups }: Bench): string[] {
  return containerGroups.all().flatMap(({ name }) => (name === undefined || name === id.name ? [] : [name]));
}

function countOf({ containerGroups }: Bench, call: string): number {
  return containerGroups.calls.filter((each) => each.startsWith(call)).length;
}

test('copies are deleted once their run was over for ttlSeconds, and no sooner', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ mode: 'clone', tasks: 3, parallelism: 3, ttlSeconds: hour });
  await bench.pass(60, () => bench.finish());
  expect(await bench.endOf(run.id)).toBe('Completed');

  await bench.pass(hour - 120);
  expect(copiesOf(bench)).toHaveLength(3);
  await bench.pass(600);
  expect(copiesOf(bench)).toEqual([]);
});

test('ttlSeconds count from the end of the last task', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ mode: 'clone', tasks: 2, parallelism: 2, ttlSeconds: 600 });
  const lastEnd = 3_000;
  await bench.pass(lastEnd, () =>
    bench.show((_, name) => (name.endsWith('-0') ? terminated(0) : running(at(5)))),
  );
  await bench.pass(120, () =>
    bench.show((_, name) =>
      terminated(0, { startTime: at(5), finishTime: at(name.endsWith('-0') ? 20 : lastEnd) }),
    ),
  );

  expect((await bench.run(run.id))?.finishedAt).toBe(Date.parse(at(lastEnd)));
  expect(copiesOf(bench)).toHaveLength(2);
});

test('no more copies run at once than parallelism says', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ mode: 'clone', tasks: 7, parallelism: 2, ttlSeconds: hour });
  let most = 0;
  const finishTimes = new Map<string, number>();
  await bench.pass(600, () => {
    bench.show((_, name) => {
      const endsAt = finishTimes.get(name) ?? bench.clock.now + 30 * second;
      finishTimes.set(name, endsAt);
      const startTime = new Date(endsAt - 30 * second).toISOString();
      return bench.clock.now < endsAt
        ? running(startTime)
        : terminated(0, { startTime, finishTime: new Date(endsAt).toISOString() });
    });
    const active = copiesOf(bench).filter((name) => (finishTimes.get(name) ?? 0) > bench.clock.now);
    most = Math.max(most, active.length);
  });

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(most).toBe(2);
});

test('the copies of a resource group that is gone are gone', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ mode: 'clone' });
  bench.containerGroups.failures.list = { error: armError('ResourceGroupNotFound', 404) };

  await bench.pass(600, () => bench.finish());

  expect((await bench.run(run.id))?.duties).toEqual([]);
  expect(bench.watchQueue.messages).toEqual([]);
});

test.each(['list', 'delete'] as const)(
  'copies that the app may not %s are tried less and less often',
  async (method) => {
    const bench = createBench();
    await bench.submit({ mode: 'clone' });
    bench.containerGroups.failures[method] = { error: armError('AuthorizationFailed', 403) };
    await bench.pass(day, () => bench.finish());

    expect(countOf(bench, 'list')).toBeGreaterThan(10);
    expect(countOf(bench, 'list')).toBeLessThan(100);

    bench.containerGroups.failures = {};
    await bench.pass(day);
    expect(copiesOf(bench)).toEqual([]);
  },
);

test('a group that only has the name of a copy is left as it is', async () => {
  const bench = createBench();
  const { run } = await bench.submit({ mode: 'clone', ttlSeconds: 0 });
  const [copy = ''] = copiesOf(bench);
  const foreign = groupOf({ mark: {} });
  bench.containerGroups.put({ ...foreign, id: foreign.id?.replace(/nightly$/, copy) ?? '', name: copy });

  await bench.pass(hour);

  expect(await bench.endOf(run.id)).toBe('GroupChanged');
  expect(copiesOf(bench)).toEqual([copy]);
});
