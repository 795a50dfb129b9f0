import { expect, test } from 'vitest';
import { partitionOf } from '../../../src/runs/store/keys.ts';
import { type Bench, createBench, hour } from '../bench.ts';
import { groupOf, id } from '../markedGroup.ts';

/** So many variables that what a launch replaces takes a good part of a row. */
function manyVariables(run: number) {
  const env = Object.fromEntries(
    Array.from({ length: 1_200 }, (_, index) => [`RUN${run}_VARIABLE_${index}`, 'x']),
  );
  return { overrides: { env }, timeoutSeconds: 2 * hour, startWithinSeconds: 2 * hour };
}

async function endsOf(bench: Bench, runIds: string[]) {
  return Promise.all(runIds.map((runId) => bench.endOf(runId)));
}

const five = [0, 1, 2, 3, 4];

test('a run with more variables than a row holds is refused, and nothing is stored', async () => {
  const bench = createBench();
  const env = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`V${index}`, 1]));

  await expect(bench.submit({ overrides: { env } })).rejects.toMatchObject({ code: 'RunTooLarge' });

  expect(bench.rows.rowsOf(partitionOf(id))).toEqual([]);
  expect(bench.containerGroups.written).toEqual([]);
});

test.each([
  { tasks: 100, containers: 60, isTaken: false },
  { tasks: 100, containers: 7, isTaken: true },
])('$tasks tasks of $containers containers: taken $isTaken', async ({ tasks, containers, isTaken }) => {
  const names = Array.from({ length: containers }, (_, index) => `container-${index}`);
  const views = Object.fromEntries(names.map((name) => [name, null]));
  const bench = createBench(groupOf({ mark: {}, containers: views }));
  const submitted = bench.submit({ overrides: {}, mode: 'clone', tasks, parallelism: tasks });
  if (!isTaken) {
    await expect(submitted).rejects.toMatchObject({ code: 'RunTooLarge' });
    return;
  }
  const { run } = await submitted;

  await bench.pass(hour, () => bench.finish());

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(bench.faults).toEqual([]);
});

test('runs with many variables are launched one after another, whatever is remembered of the last', async () => {
  const bench = createBench();
  const runIds: string[] = [];
  for (const index of five) {
    runIds.push((await bench.submit(manyVariables(index))).run.id);
    await bench.pass(120, () => bench.finish());
  }

  expect(bench.faults).toEqual([]);
  expect(await endsOf(bench, runIds)).toEqual(five.map(() => 'Completed'));
});

test('runs with many variables that wait for each other are launched, too', async () => {
  const bench = createBench();
  const runIds: string[] = [];
  for (const index of five) {
    runIds.push((await bench.submit(manyVariables(index))).run.id);
  }
  await bench.pass(1_800, () => bench.finish());

  expect(bench.faults).toEqual([]);
  expect(await endsOf(bench, runIds)).toEqual(five.map(() => 'Completed'));
});
