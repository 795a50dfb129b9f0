import { beforeEach, describe, expect, test } from 'vitest';
import { launchJob } from '../../src/functions/launchJob.ts';
import { listJobRuns } from '../../src/functions/listJobRuns.ts';
import { listRuns } from '../../src/functions/listRuns.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams, groupUrl, origin, type TestCollaborators } from './call.ts';
import { launched } from './storedRuns.ts';

let now: number;
let collaborators: TestCollaborators;
const job = jobOf({ ifRunning: 'queue' });

beforeEach(() => {
  now = Date.parse('2026-01-31T13:00:00Z');
  const groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, { jobs: [job], now: () => now });
});

/** So many runs, a second apart, of which every third is the job's; their ids, newest first. */
async function history(count: number): Promise<{ all: string[]; ofJob: string[] }> {
  const all: string[] = [];
  const ofJob: string[] = [];
  for (let index = 0; index < count; index += 1) {
    now += 1_000;
    const { json } =
      index % 3 === 0
        ? await call(launchJob(job, collaborators), { method: 'POST' })
        : await launched(collaborators, { ifRunning: 'queue' });
    all.unshift(json.id);
    if (index % 3 === 0) {
      ofJob.unshift(json.id);
    }
  }
  return { all, ofJob };
}

const lists = {
  group: (query = '') => call(listRuns(collaborators), { params: groupParams, query }),
  job: (query = '') => call(listJobRuns(collaborators), { params: { job: 'nightly' }, query }),
};

/** All pages of a list, by the links that lead from one to the next. */
async function pages(list: (query?: string) => ReturnType<typeof lists.group>, top: number) {
  const found: string[][] = [];
  let query: string | undefined = `?top=${top}`;
  while (query !== undefined) {
    const { status, json } = await list(query);
    expect(status).toBe(200);
    found.push(json.value.map(({ id }: { id: string }) => id));
    query = json.nextLink && new URL(json.nextLink).search;
  }
  return found;
}

describe('the runs of a group', () => {
  test('are listed newest first, each as it is shown by itself', async () => {
    const { all } = await history(3);
    const { json } = await lists.group();

    expect(json.value.map(({ id }: { id: string }) => id)).toEqual(all);
    expect(json).not.toHaveProperty('nextLink');
    expect(json.value[2]).toMatchObject({ reason: 'Launching', job: 'nightly' });
    expect(json.value[0]).toMatchObject({ reason: 'Queued', links: { self: `${groupUrl}/runs/${all[0]}` } });
  });

  test('come in pages whose links lead on, the last without one', async () => {
    const { all } = await history(7);

    expect(await pages(lists.group, 3)).toEqual([all.slice(0, 3), all.slice(3, 6), all.slice(6)]);
    expect(await pages(lists.group, 7)).toEqual([all]);
    expect((await lists.group('?top=2')).json.nextLink).toMatch(
      new RegExp(`^${groupUrl}/runs\\?top=2&skipToken=[\\w-]+$`),
    );
  });

  test('are none where there were none', async () => {
    expect((await lists.group()).json).toEqual({ value: [] });
  });

  test.each([
    ['?top=0', ['top']],
    ['?top=101', ['top']],
    ['?top=x&skipToken=x', ['top', 'skipToken']],
    ['?skipToken=', ['skipToken']],
  ])('with %s are refused', async (query, targets) => {
    for (const list of [lists.group, lists.job]) {
      const { status, json } = await list(query);
      expect(status).toBe(400);
      expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual(targets);
    }
  });
});

describe('the runs of a job', () => {
  test('are those that it started, newest first, in pages', async () => {
    const { ofJob } = await history(11);

    expect((await lists.job()).json.value.map(({ id }: { id: string }) => id)).toEqual(ofJob);
    expect(await pages(lists.job, 3)).toEqual([ofJob.slice(0, 3), ofJob.slice(3)]);
    expect((await lists.job('?top=1')).json.nextLink).toContain(`${origin}/api/jobs/nightly/runs?top=1`);
  });

  test('that is not there are 404', async () => {
    expect(await call(listJobRuns(collaborators), { params: { job: 'other' } })).toMatchObject({
      status: 404,
      json: { error: { code: 'JobNotFound' } },
    });
  });

  test('are looked for in a thousand runs at a time at most', async () => {
    const { store } = collaborators.requests;
    let read = 0;
    const { json: of } = await launched(collaborators);
    const [run] = await store.list(groupParams, 1);
    const endless = {
      ...collaborators,
      requests: {
        ...collaborators.requests,
        store: {
          ...store,
          list: async (_: unknown, top: number) => {
            read += top;
            return Array.from({ length: top }, () => ({ ...(run as NonNullable<typeof run>) }));
          },
        },
      },
    };

    const { json } = await call(listJobRuns(endless), { params: { job: 'nightly' } });

    expect([json.value, read]).toEqual([[], 1_000]);
    expect(
      Buffer.from(new URL(json.nextLink).searchParams.get('skipToken') ?? '', 'base64url').toString(),
    ).toBe(of.id);
  });
});
