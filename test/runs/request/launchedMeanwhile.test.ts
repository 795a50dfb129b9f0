import { expect, test } from 'vitest';
import { deployedImage } from '../../../src/functions/hooks/deployedImage.ts';
import type { Job } from '../../../src/jobs/job.ts';
import { planRun } from '../../../src/runs/request/planRun.ts';
import { type Requests, submitRun } from '../../../src/runs/request/submitRun.ts';
import { asking, type Bench, createBench } from '../bench.ts';
import { id } from '../markedGroup.ts';

const modes = ['recreate', 'clone'] as const;

/** Tools with which the first look at the group sees what a run left that was launched while the look was under way. */
function launchedWhileLookedAt(bench: Bench): Requests {
  const { get } = bench.containerGroups;
  const overrides = { secureEnv: { TOKEN: 'hidden' }, containers: { main: { image: 'another' } } };
  let isLaunched = false;
  return {
    ...bench.tools,
    containerGroups: {
      ...bench.containerGroups,
      async get(group) {
        if (!isLaunched) {
          isLaunched = true;
          await bench.submit({ overrides });
        }
        return get(group);
      },
    },
  };
}

test.each(modes)('%s: a run is planned without the secrets of one that was just launched', async (mode) => {
  const bench = createBench();

  const { run } = await submitRun(launchedWhileLookedAt(bench), asking({ mode }), 8_000);
  await bench.pass(1_800, () => bench.finish());

  expect(await bench.endOf(run.id)).toBe('Completed');
  expect(bench.faults).toEqual([]);
});

test.each(modes)('%s: a dry run, too', async (mode) => {
  const bench = createBench();
  const alone = await planRun(createBench().tools, asking({ mode }));

  const { document } = await planRun(launchedWhileLookedAt(bench), asking({ mode }));

  expect(variablesIn(document)).toEqual(variablesIn(alone.document));
});

test('a pushed image is compared with that of the group, not with that of a run that was just launched', async () => {
  const job = { name: 'nightly', containerGroup: id } as Job;
  const before = await deployedImage(createBench().tools, job);

  expect(await deployedImage(launchedWhileLookedAt(createBench()), job)).toEqual(before);
});

function variablesIn({ properties }: Awaited<ReturnType<typeof planRun>>['document']): string[][] {
  return properties.containers.map(({ properties: { environmentVariables } }) =>
    (environmentVariables ?? []).map(({ name }) => name).sort(),
  );
}
