import { expect, test } from 'vitest';
import { createBench } from '../bench.ts';
import { groupOf } from '../markedGroup.ts';

/** A group with a secure variable, whose value ARM never shows. */
function guarded() {
  const group = groupOf({ mark: {} });
  group.properties.containers[0]?.properties.environmentVariables?.push({ name: 'TOKEN' });
  return group;
}

const secrets = [{ container: 'main', env: 'TOKEN', value: 'the job’s' }];

test.each(['first', 'second'])('the secrets of the job go into its %s launch', async (which) => {
  const bench = createBench(guarded());
  bench.tools.secretsOf = (job) => (job === 'nightly' ? secrets : []);
  const asked = { job: 'nightly', overrides: {}, maxRetries: 1 };
  await bench.submit(asked);
  await bench.pass(60, () => bench.finish(1));

  const written = bench.containerGroups.written.at(which === 'first' ? 0 : 1);
  const variables = written?.properties.containers[0]?.properties.environmentVariables;
  expect(variables).toContainEqual({ name: 'TOKEN', secureValue: 'the job’s' });
});

test('a run whose job is gone while it waits ends as one that cannot be launched', async () => {
  const bench = createBench(guarded());
  bench.tools.secretsOf = () => secrets;
  const first = await bench.submit({ job: 'nightly', overrides: {} });
  const second = await bench.submit({ job: 'nightly', overrides: {} });
  bench.tools.secretsOf = () => undefined;

  await bench.pass(600, () => bench.finish());

  expect(await bench.endOf(first.run.id)).toBe('Completed');
  expect((await bench.run(second.run.id))?.end).toMatchObject({
    reason: 'LaunchRejected',
    error: { code: 'JobNotFound' },
  });
  expect(bench.faults).toEqual([]);
});

test('a run whose LAUNCHER_SECRET is gone while it waits ends as one that cannot be launched', async () => {
  const bench = createBench();
  const first = await bench.submit();
  const second = await bench.submit({ overrides: { secureEnv: { TOKEN: 'secret' } } });
  bench.tools.sealer = undefined;

  await bench.pass(600, () => bench.finish());

  expect(await bench.endOf(first.run.id)).toBe('Completed');
  expect((await bench.run(second.run.id))?.end).toMatchObject({
    reason: 'LaunchRejected',
    error: { code: 'SealBroken' },
  });
  expect(bench.faults).toEqual([]);
});
