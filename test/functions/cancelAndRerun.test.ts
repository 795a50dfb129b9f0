import { beforeEach, describe, expect, test } from 'vitest';
import { cancelRun } from '../../src/functions/cancelRun.ts';
import { launchJob } from '../../src/functions/launchJob.ts';
import { rerunRun } from '../../src/functions/rerunRun.ts';
import type { Job } from '../../src/jobs/job.ts';
import { jobOf } from '../jobs/jobsFile.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { at, groupOf, running, terminated } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams, launcherSecret, type TestCollaborators } from './call.ts';
import { launched, looked, seen, storedRun } from './storedRuns.ts';

let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;
const settings = { LAUNCHER_SECRET: launcherSecret, CALLBACK_HOSTS: 'hooks.example.org' };

beforeEach(() => {
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, { settings });
});

const cancel = (runId: string, body?: unknown) =>
  call(cancelRun(collaborators), { method: 'POST', params: { ...groupParams, runId }, body });
const rerun = (runId: string, body?: unknown, over: TestCollaborators = collaborators) =>
  call(rerunRun(over), { method: 'POST', params: { ...groupParams, runId }, body });
const unknown = '019a0000-0000-7000-8000-000000000000';

describe('cancelling a run', () => {
  test('that runs stops it: 202, and it is canceled once its containers are stopped', async () => {
    const { json } = await launched(collaborators);
    await seen(collaborators, groups, json.id, { main: running(at(3605)) });

    const { status, headers, json: canceled } = await cancel(json.id);

    expect([status, headers.get('retry-after')]).toEqual([202, '5']);
    expect(headers.get('operation-location')).toBe(canceled.links.self);
    await looked(collaborators, json.id);
    expect(groups.calls).toContain('stop nightly');
    const stopped = terminated(137, {
      startTime: at(3605),
      detailStatus: 'Container stopped per client request',
    });
    await seen(collaborators, groups, json.id, { main: stopped });
    expect((await storedRun(collaborators, json.id)).end).toEqual({
      status: 'Canceled',
      reason: 'CanceledByCaller',
    });
    expect((await cancel(json.id)).status).toBe(200);
  });

  test('that waits ends it at once, and the one that it waits for goes on', async () => {
    const { json: first } = await launched(collaborators);
    const { json: second } = await launched(collaborators, { ifRunning: 'queue' });

    expect(await cancel(second.id)).toMatchObject({
      status: 200,
      json: { status: 'Canceled', reason: 'CanceledByCaller' },
    });
    expect((await storedRun(collaborators, first.id)).end).toBeUndefined();
  });

  test('that ended otherwise is 409', async () => {
    const { json } = await launched(collaborators);
    await seen(collaborators, groups, json.id);

    expect(await cancel(json.id)).toMatchObject({ status: 409, json: { error: { code: 'RunIsOver' } } });
  });

  test('that is not there is 404; with a body it is 400', async () => {
    expect(await cancel(unknown)).toMatchObject({ status: 404, json: { error: { code: 'RunNotFound' } } });
    expect((await cancel('x')).status).toBe(404);
    expect((await cancel(unknown, { force: true })).status).toBe(400);
  });
});

describe('running a run again', () => {
  const ended = async (body: unknown = {}) => {
    const { json } = await launched(collaborators, body);
    await seen(collaborators, groups, json.id);
    groups.written = [];
    return json.id as string;
  };
  const variables = () =>
    groups.written[0]?.properties.containers[0]?.properties.environmentVariables?.filter(
      ({ name }) => !name.startsWith('RUN_'),
    );

  test('launches a new one with the same overrides', async () => {
    const runId = await ended({ env: { A: 1 }, timeoutSeconds: 60, tags: { stage: 'test' } });

    const { status, json } = await rerun(runId);

    expect(status).toBe(202);
    expect(json.id).not.toBe(runId);
    expect(json).toMatchObject({
      startedBy: {
        via: `POST azure/containers/${groupParams.subscriptionId}/jobs/nightly/runs/${runId}/rerun`,
      },
      env: [{ name: 'A', value: '1' }],
    });
    expect(variables()).toEqual([{ name: 'A', value: '1' }]);
    expect(groups.written[0]?.tags).toEqual({ stage: 'test' });
    expect((await storedRun(collaborators, json.id)).timeoutSeconds).toBe(60);
  });

  test('while it still runs is up to what the run itself said of that', async () => {
    const { json } = await launched(collaborators);

    expect(await rerun(json.id)).toMatchObject({ status: 409, json: { error: { code: 'RunInProgress' } } });
  });

  test('changes nothing that GROUP_RUN_ALLOW has not, or not any more', async () => {
    const { config } = collaborators;
    const before = { ...config, groupRunAllow: new Set([...config.groupRunAllow, 'image'] as const) };
    const { json } = await launched(
      { ...collaborators, config: before },
      { containers: { main: { image: 'other:1' } } },
    );
    await seen(collaborators, groups, json.id);

    expect(await rerun(json.id)).toMatchObject({
      status: 400,
      json: { error: { details: [{ code: 'NotAllowed', target: '/containers/main/image' }] } },
    });
  });

  test('asks again for what was secret of it, and names each', async () => {
    const callbackUrl = 'https://hooks.example.org/?key=hunter2';
    const runId = await ended({
      secureEnv: { TOKEN: 'hunter2' },
      containers: { main: { env: { B: 2 }, secureEnv: { KEY: 'hunter3' } } },
      callbackUrl,
    });

    const { status, json } = await rerun(runId);
    expect([status, json.error.code]).toEqual([422, 'SecretsRequired']);
    expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual([
      '/containers/main/secureEnv/TOKEN',
      '/containers/main/secureEnv/KEY',
      '/callbackUrl',
    ]);
    expect(groups.written).toEqual([]);

    const again = await rerun(runId, {
      secureEnv: { TOKEN: 'new' },
      containers: { main: { secureEnv: { KEY: 'newer' } } },
      callbackUrl: null,
    });
    expect(again.status).toBe(202);
    expect(variables()).toEqual([
      { name: 'B', value: '2' },
      { name: 'TOKEN', secureValue: 'new' },
      { name: 'KEY', secureValue: 'newer' },
    ]);
    expect(await storedRun(collaborators, again.json.id)).toMatchObject({ hasCallback: false });
  });

  test('takes nothing that the run did not have', async () => {
    const runId = await ended({ secureEnv: { TOKEN: 'hunter2' } });
    const { status, json } = await rerun(runId, {
      secureEnv: { TOKEN: 'x', OTHER: 'x' },
      containers: { side: { secureEnv: { TOKEN: 'x' } } },
    });

    expect(status).toBe(400);
    expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual([
      '/secureEnv/OTHER',
      '/containers/side/secureEnv/TOKEN',
    ]);
    expect((await rerun(runId, { env: {} })).status).toBe(400);
    const elsewhere = { secureEnv: { TOKEN: 'x' }, callbackUrl: 'https://other.example.org' };
    expect((await rerun(runId, elsewhere)).status).toBe(400);
  });

  test('that is not there is 404', async () => {
    expect(await rerun(unknown)).toMatchObject({ status: 404, json: { error: { code: 'RunNotFound' } } });
  });

  describe('of a job', () => {
    const env = { type: 'object', properties: { A: { type: 'integer' } }, additionalProperties: false };
    const over = (job?: Job) => ({
      ...collaborators,
      config: { ...collaborators.config, jobs: new Map(job ? [[job.name, job]] : []) },
    });
    let runId: string;
    beforeEach(async () => {
      const job = jobOf({ container: 'main', env });
      collaborators = collaboratorsOf(groups, { settings, jobs: [job] });
      const { json } = await call(launchJob(job, collaborators), { method: 'POST', body: { env: { A: 1 } } });
      runId = json.id;
      await seen(collaborators, groups, runId);
    });

    test('holds it to the contract that the job has by now, and not to what it allows', async () => {
      expect((await rerun(runId, {}, over(jobOf({ container: 'main', env, allow: [] })))).status).toBe(202);
      await looked(collaborators, runId);
      const stricter = { ...env, required: ['B'] };

      expect(await rerun(runId, {}, over(jobOf({ container: 'main', env: stricter })))).toMatchObject({
        status: 400,
        json: { error: { details: [{ target: '/env/B' }] } },
      });
    });

    test('holds its images to the policy that the job has by now', async () => {
      const job = jobOf({ container: 'main', allow: ['containers', 'image'] });
      const collaborators = over(job);
      const asked = { containers: { main: { image: 'example.org/one:1' } } };
      await looked(collaborators, runId);
      const { json } = await call(launchJob(job, collaborators), { method: 'POST', body: asked });
      const stricter = { ...job, imagePolicy: { requireDigest: true } };

      expect(await rerun(json.id, {}, over(stricter))).toMatchObject({
        status: 400,
        json: { error: { details: [{ code: 'ImageNotAllowed', target: '/containers/main/image' }] } },
      });
    });

    test('that is gone, or of another group by now, is 404', async () => {
      const elsewhere = {
        ...jobOf({ container: 'main', env }),
        containerGroup: { ...groupParams, name: 'other' },
      };
      for (const job of [undefined, elsewhere]) {
        expect(await rerun(runId, {}, over(job))).toMatchObject({
          status: 404,
          json: { error: { code: 'JobNotFound' } },
        });
      }
    });
  });
});
