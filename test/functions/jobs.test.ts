import { describe, expect, test } from 'vitest';
import { listJobs } from '../../src/functions/listJobs.ts';
import { showJob } from '../../src/functions/showJob.ts';
import { unknownJob } from '../../src/functions/unknownJob.ts';
import { readJobs } from '../jobs/jobsFile.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { call, collaboratorsOf, origin, resourceId } from './call.ts';

const secrets = [{ container: 'main', env: 'TOKEN', from: 'setting:TOKEN' }];
const map = [{ name: 'COMMIT', from: '/after', required: true }];
const { jobs } = readJobs(
  { weekly: { ifRunning: 'replace', map }, nightly: { container: 'main', secrets } },
  { TOKEN: 'hunter2' },
);
const collaborators = collaboratorsOf(inMemoryContainerGroups(), { jobs });
const without = collaboratorsOf(inMemoryContainerGroups());
const linksOf = (job: string) => ({
  self: `${origin}/api/jobs/${job}`,
  runs: `${origin}/api/jobs/${job}/runs`,
  trigger: `${origin}/api/jobs/${job}/trigger`,
});

describe('the jobs', () => {
  test('are listed by name, without what they keep secret', async () => {
    const { status, json, text } = await call(listJobs(collaborators));

    expect(status).toBe(200);
    expect(json).toEqual({
      value: [
        { name: 'nightly', containerGroup: resourceId, container: 'main', links: linksOf('nightly') },
        { name: 'weekly', containerGroup: resourceId, links: linksOf('weekly') },
      ],
    });
    expect(text).not.toMatch(/hunter2|TOKEN/);
  });

  test('are an empty list where there is none', async () => {
    expect((await call(listJobs(without))).json).toEqual({ value: [] });
  });
});

describe('a job', () => {
  test('is shown with its contract and its map, by its name in any case', async () => {
    for (const job of ['weekly', 'WEEKLY']) {
      expect(await call(showJob(collaborators), { params: { job } })).toMatchObject({
        status: 200,
        json: {
          name: 'weekly',
          containerGroup: resourceId,
          ifRunning: 'replace',
          contract: { title: "A run of job 'weekly'" },
          map,
          links: linksOf('weekly'),
        },
      });
    }
  });

  test('is shown without what it keeps secret', async () => {
    const { text, json } = await call(showJob(collaborators), { params: { job: 'nightly' } });

    expect(text).not.toMatch(/hunter2|TOKEN/);
    expect(json).not.toHaveProperty('map');
  });

  test.each(['monthly', '__proto__', 'toString', ''])(
    'named %j is not found; those that are there are named',
    async (job) => {
      for (const each of [
        showJob(collaborators),
        unknownJob('runs', collaborators),
        unknownJob('trigger', collaborators),
      ]) {
        const answer = await call(each, { params: { job } });

        expect(answer).toMatchObject({ status: 404, json: { error: { code: 'JobNotFound' } } });
        expect(answer.json.error.message).toBe(`There is no job '${job}'. Jobs: 'weekly', 'nightly'.`);
      }
    },
  );

  test('is not found where there is none at all', async () => {
    const { json } = await call(unknownJob('runs', without), { params: { job: 'monthly' } });

    expect(json.error.message).toBe("There is no job 'monthly'. No job is set up.");
  });
});
