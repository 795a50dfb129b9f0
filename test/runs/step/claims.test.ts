import { expect, test } from 'vitest';
import { ArmError } from '../../../src/aci/errors.ts';
import type { Task } from '../../../src/runs/runRecord.ts';
import { performLaunch, performStop } from '../../../src/runs/step/perform.ts';
import { armError, createBench } from '../bench.ts';
import { askedAt, groupOf } from '../markedGroup.ts';
import { recordOf } from '../runRecords.ts';

const until = askedAt + 45_000;
const last = until - 30_000;
const run = recordOf({}, { attempt: 1, phase: 'launching', claim: { by: 'us', until } });
const launch = { task: run.tasks[0] as Task, document: groupOf({}), lastStarts: {}, warnings: [] };

test('a launch is sent as long as its answer comes within its claim, and not after that', async () => {
  const { containerGroups } = createBench();

  expect(await performLaunch(containerGroups, run, launch, () => last)).toMatchObject({ by: 'us' });
  expect(containerGroups.calls).toEqual(['createOrUpdate nightly']);
  const late = await performLaunch(containerGroups, run, launch, () => last + 1);
  expect(late.error).toMatchObject({ code: 'LaunchTooLate', outcomeUnknown: false });
  expect(containerGroups.calls).toHaveLength(1);
});

test('a stop is sent as long as its answer comes within its claim, and not after that', async () => {
  const { containerGroups } = createBench();

  expect(await performStop(containerGroups, run, 0, () => last)).toEqual({
    kind: 'stop',
    index: 0,
    by: 'us',
  });
  expect(containerGroups.calls).toEqual(['stop nightly']);
  await performStop(containerGroups, run, 0, () => last + 1);
  expect(containerGroups.calls).toHaveLength(1);
});

test('nothing is sent without a claim', async () => {
  const { containerGroups } = createBench();
  const unclaimed = recordOf({}, { attempt: 1, phase: 'launching' });

  await performLaunch(containerGroups, unclaimed, launch, () => askedAt);
  await performStop(containerGroups, unclaimed, 0, () => askedAt);

  expect(containerGroups.calls).toEqual([]);
});

test('a fault of our own is not taken for an answer of ARM', async () => {
  const { containerGroups } = createBench();
  containerGroups.failures.createOrUpdate = { error: new TypeError('ours') };
  await expect(performLaunch(containerGroups, run, launch, () => askedAt)).rejects.toThrow(TypeError);

  containerGroups.failures.createOrUpdate = { error: armError('Forbidden', 403) };
  const { error } = await performLaunch(containerGroups, run, launch, () => askedAt);
  expect(error).toBeInstanceOf(ArmError);
});

test('a run is not given up for a missing group while its PUT may still be under way', async () => {
  const bench = createBench();
  const { run } = await bench.submit();
  const claim = run.tasks[0]?.claim ?? expect.fail('Nothing was launched.');
  bench.tools.containerGroups = {
    ...bench.containerGroups,
    get: () => Promise.reject(armError('ResourceNotFound', 404)),
  };

  await bench.pass((claim.until - bench.clock.now) / 1000 - 1);

  expect(await bench.endOf(run.id)).toBeUndefined();
});

test('a refusal that is not known to be stored is not taken for that of the next launch', async () => {
  const bench = createBench();
  bench.containerGroups.failures.createOrUpdate = { error: armError('TooManyRequests', 429) };
  const { store } = bench.tools;
  let isLost = false;
  bench.tools.store = {
    ...store,
    async commit(group, commit) {
      const isCommitted = await store.commit(group, commit);
      if (isLost || commit.run.value.tasks[0]?.waitReason !== 'Throttled') {
        return isCommitted;
      }
      isLost = true;
      bench.containerGroups.failures = {};
      while (bench.containerGroups.written.length === 0) {
        await bench.pass(1); // others find the run waiting, and launch it
      }
      return false; // what is stored now is theirs
    },
  };

  const { run } = await bench.submit();
  await bench.pass(300, () => bench.finish());

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(bench.containerGroups.written).toHaveLength(1);
});
