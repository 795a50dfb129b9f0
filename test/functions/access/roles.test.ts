import { beforeEach, describe, expect, test } from 'vitest';
import { operatorRoles } from '../../../src/functions/access/access.ts';
import { httpFunctions } from '../../../src/functions/httpFunctions.ts';
import { readJobs } from '../../jobs/jobsFile.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../../runs/inMemoryContainerGroups.ts';
import { groupOf, terminated } from '../../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams, launcherSecret, type TestCollaborators } from '../call.ts';
import { application, type GivenPrincipal, principalHeader } from './principals.ts';

const { jobs } = readJobs(
  {
    nightly: { allow: ['env', 'ifRunning'], roles: ['Runs.Launch.Nightly'] },
    weekly: {},
    hooked: { hook: { preset: 'github', secret: 'setting:HOOK_SECRET' }, map: [] },
  },
  { HOOK_SECRET: 'a secret of 16 letters' },
);
const settings = { LAUNCHER_SECRET: launcherSecret, WEBSITE_AUTH_ENABLED: 'True' };

let groups: InMemoryContainerGroups;
let collaborators: TestCollaborators;

beforeEach(() => {
  groups = inMemoryContainerGroups(groupOf({ containers: { main: terminated(0) } }));
  collaborators = collaboratorsOf(groups, { jobs, settings });
});

const functionNamed = (name: string) => {
  const found = httpFunctions(collaborators).find((each) => each.name === name);
  if (!found) {
    throw new Error(`There is no function '${name}'.`);
  }
  return found;
};

type Asked = {
  as?: GivenPrincipal;
  headers?: Record<string, string>;
  params?: Record<string, string>;
  body?: unknown;
};
const ask = (name: string, { as, headers, params, body }: Asked = {}) => {
  const asked = functionNamed(name);
  const method = body === undefined ? (asked.methods[0] ?? 'GET') : 'POST';
  return call(
    asked,
    {
      method,
      headers: { ...(as && principalHeader(as)), ...headers },
      params: { ...groupParams, ...params },
      body,
    },
    { easyAuth: true },
  );
};

const readers = [
  'list-container-groups',
  'list-job-runs',
  'list-jobs',
  'list-runs',
  'show-container-group',
  'show-job',
  'show-logs',
  'show-metrics',
  'show-openapi',
  'show-run',
  'show-run-logs',
  'show-swagger',
];
const writers = [
  'create-container-group',
  'delete-container-group',
  'delete-named-container-group',
  'launch-container-group',
  'put-container-group',
  'restart-container-group',
  'restart-named-container-group',
  'start-container-group',
  'stop-container-group',
  'update-container-group',
];
const launchers = [
  'launch-job-hooked',
  'launch-job-weekly',
  'trigger-job-hooked',
  'trigger-job-weekly',
  'unknown-job-runs',
  'unknown-job-trigger',
];
const nightly = ['launch-job-nightly', 'trigger-job-nightly'];
const operators = ['cancel-run', 'rerun-run'];
const signedIn = ['whoami'];
const open = [
  'health',
  'receive-hook-hooked',
  'show-console',
  'show-console-file',
  'show-result',
  'unknown-hook',
];

const opened = (role: string) =>
  httpFunctions(collaborators)
    .filter(({ access }) => Array.isArray(access) && access.includes(role))
    .map(({ name }) => name)
    .sort();

describe('behind Easy Auth', () => {
  test('each app role opens its functions, and no function is left out', () => {
    expect(opened('Containers.Read')).toEqual(readers);
    expect(opened('Containers.Write')).toEqual([...writers, ...operators].sort());
    expect(opened('Runs.Launch')).toEqual([...launchers, ...nightly, ...operators].sort());
    expect(opened('Runs.Launch.Nightly')).toEqual([...nightly, ...operators].sort());
    const all = [...readers, ...writers, ...launchers, ...nightly, ...operators, ...signedIn, ...open];
    expect(
      httpFunctions(collaborators)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(all.sort());
  });

  test('every function but the open ones refuses a call without a principal, and does nothing', async () => {
    const refused: string[] = [];
    for (const { name } of httpFunctions(collaborators)) {
      const { status, json, headers } = await ask(name);
      if (status === 401 && json.error.code === 'PrincipalRequired') {
        expect(headers.get('www-authenticate')).toBe('Bearer');
        refused.push(name);
      }
    }

    expect(refused.sort()).toEqual(
      [...readers, ...writers, ...launchers, ...nightly, ...operators, ...signedIn].sort(),
    );
    expect(groups.calls).toEqual(['listSubscriptions']); // which anybody may have health look at
  });

  test('every function with a role refuses who has all other roles, and does nothing', async () => {
    const every = ['Containers.Read', 'Containers.Write', 'Runs.Launch', 'Runs.Launch.Nightly'];
    for (const { name, access } of httpFunctions(collaborators)) {
      if (Array.isArray(access)) {
        const roles = [...every.filter((role) => !access.includes(role)), 'runs.launch', 'Containers.*'];
        const { status, json } = await ask(name, { as: { roles } });
        expect([name, status, json.error.code]).toEqual([name, 403, 'RoleRequired']);
        expect(json.error.message).not.toContain('Nightly'); // what jobs there are is not everybody's to know
        const known = access.filter((role) => !role.startsWith('Runs.Launch.'));
        expect(json.error.message).toContain(known.join(' or '));
      }
    }
    expect(groups.calls).toEqual([]);
  });

  test('a job’s own role launches it, and the run says who did', async () => {
    const as = { roles: ['Runs.Launch.Nightly'] };

    const { status, json } = await ask('launch-job-nightly', { as, body: {} });

    expect([status, json.startedBy]).toEqual([
      202,
      { via: 'POST jobs/nightly/runs', principal: application },
    ]);
    const stored = await collaborators.requests.store.run(groupParams, json.id);
    expect(stored?.value.startedBy).toEqual(json.startedBy);
    expect((await ask('launch-job-weekly', { as, body: {} })).status).toBe(403);
  });

  test('what a page of another site sends with somebody’s cookie is refused, but for reads and for who brings a token', async () => {
    const as = { roles: ['Runs.Launch', 'Containers.Read'] };
    const elsewhere = { 'sec-fetch-site': 'cross-site' };

    expect(await ask('launch-job-nightly', { as, headers: elsewhere, body: {} })).toMatchObject({
      status: 403,
      json: { error: { code: 'CrossSiteRequest' } },
    });
    expect((await ask('list-jobs', { as, headers: elsewhere })).status).toBe(200);
    const headers = { ...elsewhere, authorization: 'Bearer a-token' };
    expect((await ask('launch-job-nightly', { as, headers, body: {} })).status).toBe(202);
    const old = { origin: 'https://elsewhere.example' }; // a browser that says no more
    expect(await ask('launch-job-nightly', { as, headers: old, body: {} })).toMatchObject({
      status: 403,
      json: { error: { code: 'OriginNotAllowed' } },
    });
    const own = { origin: 'https://jobs.example.org' };
    expect((await ask('trigger-job-weekly', { as, headers: own, body: {} })).status).toBe(409);
  });
});

describe('cancelling and asking again', () => {
  const launch = async (name: string, body: unknown = {}) =>
    (await ask(name, { as: { roles: ['Runs.Launch', 'Containers.Write'] }, body })).json.id as string;

  test('is for who may launch the run’s job', async () => {
    const runId = await launch('launch-job-nightly');
    const nightlyRole = { roles: ['Runs.Launch.Nightly'] };

    expect((await ask('cancel-run', { as: nightlyRole, params: { runId } })).status).toBe(202);
    expect((await ask('rerun-run', { as: nightlyRole, params: { runId }, body: {} })).status).toBe(409);
  });

  test('is for nobody who may only launch another job', async () => {
    const runId = await launch('launch-job-weekly');
    const as = { roles: ['Runs.Launch.Nightly'] };

    for (const name of ['cancel-run', 'rerun-run']) {
      expect(
        await ask(name, { as, params: { runId }, ...(name === 'rerun-run' && { body: {} }) }),
      ).toMatchObject({
        status: 403,
        json: { error: { code: 'RoleRequired' } },
      });
    }
    expect((await collaborators.requests.store.run(groupParams, runId))?.value.wish).toBeUndefined();
  });

  test('holds who may only launch the job to what it allows by now, and not who may write', async () => {
    const withCallbacks = (allow: string[]) => {
      const read = readJobs({ nightly: { allow, roles: ['Runs.Launch.Nightly'] } });
      const callbacks = { ...settings, CALLBACK_HOSTS: 'hooks.example.org' };
      const { requests } = collaborators;
      collaborators = { ...collaboratorsOf(groups, { jobs: read.jobs, settings: callbacks }), requests };
    };
    withCallbacks(['env', 'containers', 'command']);
    const runId = await launch('launch-job-nightly', { containers: { main: { command: ['sh'] } } });
    withCallbacks(['env']);
    const rerun = (role: string) =>
      ask('rerun-run', {
        as: { roles: [role] },
        params: { runId },
        body: { callbackUrl: 'https://hooks.example.org/mine' },
      });

    const { status, json } = await rerun('Runs.Launch.Nightly');
    expect([status, json.error.details.map(({ target }: { target: string }) => target)]).toEqual([
      400,
      ['/callbackUrl', '/containers', '/containers/main/command'],
    ]);
    expect((await rerun('Containers.Write')).status).toBe(409); // the run still holds the group
  });

  test('of a run without a job takes Containers.Write', async () => {
    const runId = await launch('launch-container-group');

    expect((await ask('cancel-run', { as: { roles: ['Runs.Launch'] }, params: { runId } })).status).toBe(403);
    expect((await ask('cancel-run', { as: { roles: ['Containers.Write'] }, params: { runId } })).status).toBe(
      202,
    );
  });

  test('of a run that there is not is 404', async () => {
    const params = { runId: '019a0000-0000-7000-8000-000000000000' };

    expect((await ask('cancel-run', { as: { roles: ['Runs.Launch'] }, params })).status).toBe(404);
  });
});

test('a job that is of another group by now lends its roles to no run of the old one', () => {
  const byName = new Map(jobs.map((job) => [job.name, job]));

  expect(operatorRoles({ job: 'nightly', containerGroup: groupParams }, byName)).toContain(
    'Runs.Launch.Nightly',
  );
  expect(
    operatorRoles({ job: 'nightly', containerGroup: { ...groupParams, name: 'moved' } }, byName),
  ).toEqual(['Containers.Write', 'Runs.Launch']);
});

describe('whoami', () => {
  test('tells who, with what roles, and what these allow', async () => {
    expect((await ask('whoami', { as: { roles: ['Runs.Launch.Nightly', 'Containers.Read'] } })).json).toEqual(
      {
        authentication: 'easyAuth',
        principal: { ...application, roles: ['Runs.Launch.Nightly', 'Containers.Read'] },
        may: { readContainers: true, writeContainers: false, launchJobs: ['nightly'] },
      },
    );
    expect((await ask('whoami', { as: { roles: ['Runs.Launch', 'Containers.Write'] } })).json.may).toEqual({
      readContainers: false,
      writeContainers: true,
      launchJobs: ['hooked', 'nightly', 'weekly'],
    });
  });

  test('tells no more than how callers are known where keys or Azure decide', async () => {
    const whoamiUnder = async (extra: Record<string, string>) => {
      collaborators = collaboratorsOf(groups, {
        jobs,
        settings: { LAUNCHER_SECRET: launcherSecret, ...extra },
      });
      return (await call(functionNamed('whoami'), { headers: principalHeader({ roles: ['Runs.Launch'] }) }))
        .json;
    };

    expect(await whoamiUnder({})).toEqual({ authentication: 'functionKey' });
    expect(await whoamiUnder({ ARM_CREDENTIAL: 'caller' })).toEqual({ authentication: 'armToken' });
  });
});
