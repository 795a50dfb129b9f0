import { expect, test } from 'vitest';
import { submitRun } from '../../../src/runs/request/submitRun.ts';
import { asking, createBench, holderAndQueue } from '../bench.ts';
import { id } from '../markedGroup.ts';

const mostNewcomers = 20;

test('a run whose turn it is is launched after one look, however many come to wait for the group meanwhile', async () => {
  const bench = createBench();
  const first = (await bench.submit()).run.id;
  const second = (await bench.submit()).run.id;
  const others = { ...bench.tools };
  const newcomers: string[] = [];
  bench.tools.containerGroups = {
    ...bench.containerGroups,
    async get(group) {
      const document = await bench.containerGroups.get(group);
      const { current } = await holderAndQueue(bench);
      const isLaunched = bench.containerGroups.written.length === 2;
      if (current === second && !isLaunched && newcomers.length < mostNewcomers) {
        newcomers.push((await submitRun(others, asking(), 8_000)).run.id);
      }
      return document;
    },
  };

  while (bench.containerGroups.written.length < 2) {
    await bench.pass(1, () => bench.finish());
  }

  expect(newcomers).toHaveLength(1);
  expect(await holderAndQueue(bench)).toEqual({ current: second, queue: newcomers });
  const { launches = [] } = (await bench.tools.store.head(id)).value;
  expect(launches.map(({ runId }) => runId)).toEqual([second, first]);
  expect(bench.faults).toEqual([]);
});
