import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Config, InvalidSettings, readConfig } from '../src/config.ts';
import { compileContract } from '../src/jobs/contractCompiler.ts';

const subscriptionId = '11111111-2222-3333-4444-555555555555';
const inSubscription = `/subscriptions/${subscriptionId}`;
const groupIn = (resourceGroup: string) =>
  `${inSubscription}/resourceGroups/${resourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/nightly`;

let appRoot: string;
beforeEach(() => {
  appRoot = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => {
  rmSync(appRoot, { recursive: true });
});

function read(env: NodeJS.ProcessEnv): Config {
  return readConfig(
    { appRoot, compileContract },
    { AzureWebJobsStorage: 'UseDevelopmentStorage=true', ...env },
  );
}

/** What the app says when it refuses to start. */
function refusal(env: NodeJS.ProcessEnv): string {
  try {
    read(env);
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidSettings);
    return (error as InvalidSettings).message;
  }
  throw new Error('The settings were taken.');
}

/** The settings that the refusal names, one for each fault. */
function namedIn(message: string): string[] {
  return message
    .split('\n')
    .slice(1)
    .map((line) => /^ {2}(\S+): /.exec(line)?.[1] ?? line);
}

function writeJobs(jobs: unknown, name = 'jobs.json'): void {
  writeFileSync(join(appRoot, name), JSON.stringify({ jobs }));
}

/** What every operator may send without GROUP_RUN_ALLOW. */
const groupRunMembers = [
  ...['env', 'secureEnv', 'containers', 'mode', 'tasks', 'parallelism', 'timeoutSeconds'],
  ...['startWithinSeconds', 'maxRetries', 'ttlSeconds', 'ifRunning', 'callbackUrl', 'tags'],
];

describe('with a storage account and no other setting the app', () => {
  test('starts: with the public cloud, no job, no scope held back, and nothing but variables for operators', () => {
    expect(read({})).toEqual({
      arm: {
        endpoint: 'https://management.azure.com',
        credential: 'managed-identity',
        clientId: undefined,
      },
      scopes: undefined,
      jobs: new Map(),
      groupRunAllow: new Set(groupRunMembers),
      publicOrigin: undefined,
      isLocal: false,
      easyAuth: false,
      launcherSecrets: [],
      callbackHosts: [],
      runRetentionDays: 30,
      storage: {
        tableUrl: 'http://127.0.0.1:10002/devstoreaccount1',
        queueUrl: 'http://127.0.0.1:10001/devstoreaccount1',
        credential: expect.objectContaining({ kind: 'key', accountName: 'devstoreaccount1' }),
      },
    });
  });

  test('takes an empty setting for one that is not set', () => {
    const names = [
      ...['ARM_ENDPOINT', 'PUBLIC_URL', 'WEBSITE_HOSTNAME', 'GROUP_RUN_ALLOW'],
      ...[
        'AZURE_CLIENT_ID',
        'ARM_CREDENTIAL',
        'JOBS_FILE',
        'ACI_SUBSCRIPTION_ID',
        'ACI_RESOURCE_GROUP',
        'ACI_CONTAINER_GROUP',
      ],
      ...['LAUNCHER_SECRET', 'CALLBACK_HOSTS', 'RUN_RETENTION_DAYS', 'AzureWebJobsStorage__accountName'],
    ];

    expect(read(Object.fromEntries(names.map((name) => [name, ' '])))).toEqual(read({}));
  });
});

describe('all faults', () => {
  test('are named at once, of settings and jobs file alike', () => {
    writeJobs({ Bad: { containerGroup: 'x' } });

    const message = refusal({
      ARM_ENDPOINT: 'http://example.org',
      PUBLIC_URL: 'https://example.org/path',
      ALLOWED_SCOPES: '/subscriptions',
      GROUP_RUN_ALLOW: 'image,comand',
      AZURE_CLIENT_ID: 'me',
      ACI_SUBSCRIPTION_ID: subscriptionId,
      LAUNCHER_SECRET: 'short',
      CALLBACK_HOSTS: 'https://example.org/path',
      RUN_RETENTION_DAYS: 'forever',
      AzureWebJobsStorage: '',
    });

    expect(message).toMatch(/^The app cannot start: 13 settings are wrong\.\n/);
    expect(namedIn(message).sort()).toEqual([
      'ACI_CONTAINER_GROUP',
      'ACI_RESOURCE_GROUP',
      'ALLOWED_SCOPES',
      'ARM_ENDPOINT',
      'AZURE_CLIENT_ID',
      'AzureWebJobsStorage',
      'CALLBACK_HOSTS',
      'GROUP_RUN_ALLOW',
      'LAUNCHER_SECRET',
      'PUBLIC_URL',
      'RUN_RETENTION_DAYS',
      'jobs.json#/jobs/Bad',
      'jobs.json#/jobs/Bad/containerGroup',
    ]);
  });

  test('are counted in the singular when there is one', () => {
    expect(refusal({ AZURE_CLIENT_ID: 'me' })).toMatch(/^The app cannot start: 1 setting is wrong\.\n/);
  });

  test('show nothing of a secret', () => {
    writeJobs({
      nightly: {
        containerGroup: groupIn('jobs'),
        secrets: [
          { registry: 'example.azurecr.io', from: 'setting:ACR_PASSWORD' },
          { registry: 'EXAMPLE.azurecr.io', from: 'setting:ACR_PASSWORD' },
          { container: 'main', from: 'setting:ACR_PASSWORD' },
          { volume: 'data', from: 'hunter2' },
          { volume: 'data', from: 'setting:NOT_SET' },
        ],
      },
    });
    const secrets = { ACR_PASSWORD: 'hunter2', LAUNCHER_SECRET: 'hunter2', IDENTITY_HEADER: 'hunter2' };

    for (const wrong of [
      {},
      { ARM_ENDPOINT: 'http://user:hunter2@example.org' },
      { ARM_ENDPOINT: 'user:hunter2@example.org' },
      { PUBLIC_URL: 'https://user:hunter2@example.org/' },
      { PUBLIC_URL: 'ftp://user:hun/hunter2@example.org/' },
      { AZURE_CLIENT_ID: 'hunter2' },
      { LAUNCHER_SECRET: 'hunter2' },
      { CALLBACK_HOSTS: 'https://example.org/?key=hunter2' },
      { RUN_RETENTION_DAYS: 'hunter2' },
      { AzureWebJobsStorage: 'AccountKey=hunter2' },
    ]) {
      const message = refusal({ ...secrets, ...wrong });

      expect(namedIn(message)).toEqual(expect.arrayContaining(Object.keys(wrong)));
      expect(message).not.toContain('hunter2');
    }
  });
});

describe('ARM_ENDPOINT', () => {
  test.each([
    ['https://management.usgovcloudapi.net', 'https://management.usgovcloudapi.net', false],
    ['https://management.azure.com/', 'https://management.azure.com', false],
    ['http://localhost:4000', 'http://localhost:4000', true],
    ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000', true],
    ['http://[::1]:4000', 'http://[::1]:4000', true],
    ['https://localhost:4443', 'https://localhost:4443', true],
    [' https://MANAGEMENT.azure.com ', 'https://management.azure.com', false],
  ])('%s is an origin, and loopback alone makes the app local', (value, endpoint, isLocal) => {
    expect(read({ ARM_ENDPOINT: value })).toMatchObject({ arm: { endpoint }, isLocal });
  });

  test.each([
    'http://management.azure.com',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://10.0.0.4',
    'management.azure.com',
    'ftp://localhost',
    'https://management.azure.com/subscriptions',
    'https://management.azure.com/?a=b',
    'https://management.azure.com/#a',
    'https://user@management.azure.com',
  ])('%s is refused', (value) => {
    expect(namedIn(refusal({ ARM_ENDPOINT: value }))).toEqual(['ARM_ENDPOINT']);
  });
});

describe('ARM_CREDENTIAL', () => {
  test.each(['managed-identity', 'caller'] as const)('is %s', (credential) => {
    expect(read({ ARM_CREDENTIAL: credential }).arm.credential).toBe(credential);
  });

  test('is nothing else', () => {
    expect(refusal({ ARM_CREDENTIAL: 'calller' })).toContain("did you mean 'caller'?");
    expect(namedIn(refusal({ ARM_CREDENTIAL: 'service-principal' }))).toEqual(['ARM_CREDENTIAL']);
  });

  test('is not the caller where Easy Auth keeps the Authorization header for itself', () => {
    const easyAuth = { WEBSITE_AUTH_ENABLED: 'True' };

    expect(namedIn(refusal({ ARM_CREDENTIAL: 'caller', ...easyAuth }))).toEqual(['ARM_CREDENTIAL']);
    expect(read({ ARM_CREDENTIAL: 'managed-identity', ...easyAuth }).arm.credential).toBe('managed-identity');
    expect(read({ ARM_CREDENTIAL: 'caller', WEBSITE_AUTH_ENABLED: 'False' }).arm.credential).toBe('caller');
  });
});

describe('Easy Auth', () => {
  test.each([
    ['True', true],
    ['true', true],
    ['False', false],
    ['', false],
  ])('is on when the platform says so: %j', (value, easyAuth) => {
    expect(read({ WEBSITE_AUTH_ENABLED: value }).easyAuth).toBe(easyAuth);
  });

  test.each(['1', 'yes', 'on'])('is neither on nor off, and so a fault: %j', (value) => {
    expect(namedIn(refusal({ WEBSITE_AUTH_ENABLED: value }))).toEqual(['WEBSITE_AUTH_ENABLED']);
  });
});

describe('AZURE_CLIENT_ID', () => {
  test('is a GUID', () => {
    expect(read({ AZURE_CLIENT_ID: subscriptionId }).arm.clientId).toBe(subscriptionId);
    expect(namedIn(refusal({ AZURE_CLIENT_ID: `${subscriptionId}0` }))).toEqual(['AZURE_CLIENT_ID']);
  });
});

describe('absolute URLs', () => {
  test.each([
    [{ PUBLIC_URL: 'https://jobs.example.org/' }, 'https://jobs.example.org'],
    [{ PUBLIC_URL: 'http://localhost:7071' }, 'http://localhost:7071'],
    [{ WEBSITE_HOSTNAME: 'app.azurewebsites.net' }, 'https://app.azurewebsites.net'],
    [
      { PUBLIC_URL: 'https://jobs.example.org', WEBSITE_HOSTNAME: 'app.azurewebsites.net' },
      'https://jobs.example.org',
    ],
    [{ WEBSITE_HOSTNAME: 'localhost:7071' }, undefined],
    [{}, undefined],
  ])('come, with %o, from %s', (env, origin) => {
    expect(read(env).publicOrigin).toBe(origin);
  });
});

describe('ALLOWED_SCOPES', () => {
  test('is a list; a slash at the end and the space around a scope say nothing', () => {
    const scopes = `${inSubscription}/ , ${inSubscription}/resourceGroups/jobs,,${groupIn('other')}`;

    expect(read({ ALLOWED_SCOPES: scopes }).scopes).toEqual([
      inSubscription,
      `${inSubscription}/resourceGroups/jobs`,
      groupIn('other'),
    ]);
  });

  test.each([
    '/',
    '*',
    subscriptionId,
    'subscriptions/x',
    '/subscriptions/x/resourceGroups',
    '/subscriptions/x/jobs',
    ',',
  ])('%s is refused: a mistake must not open more', (value) => {
    expect(namedIn(refusal({ ALLOWED_SCOPES: value }))).toEqual(['ALLOWED_SCOPES']);
  });

  test.each([
    [`${inSubscription}/resourceGroups/jobs`, 'jobs', true],
    [`${inSubscription}/resourcegroups/JOBS/`, 'jobs', true],
    [`${inSubscription}/resourceGroups/jobs`, 'jobs-prod', false],
    [inSubscription, 'anything', true],
    [groupIn('jobs'), 'jobs', true],
    [groupIn('jobs').slice(0, -1), 'jobs', false],
  ])('%s and a job in %s: %s, by whole segments', (scope, resourceGroup, isInside) => {
    writeJobs({ nightly: { containerGroup: groupIn(resourceGroup) } });
    const env = {
      ALLOWED_SCOPES: scope,
      ACI_SUBSCRIPTION_ID: subscriptionId,
      ACI_RESOURCE_GROUP: resourceGroup,
      ACI_CONTAINER_GROUP: 'nightly',
    };

    if (isInside) {
      expect([...read(env).jobs.keys()]).toEqual(['nightly', 'default']);
    } else {
      expect(namedIn(refusal(env))).toEqual([
        'jobs.json#/jobs/nightly/containerGroup',
        'ACI_CONTAINER_GROUP',
      ]);
    }
  });
});

describe('GROUP_RUN_ALLOW', () => {
  test('adds to what an operator may change', () => {
    expect(read({ GROUP_RUN_ALLOW: 'image, command ,resources' }).groupRunAllow).toEqual(
      new Set([...groupRunMembers, 'image', 'command', 'resources']),
    );
  });

  test('names what a misspelt member may mean', () => {
    expect(refusal({ GROUP_RUN_ALLOW: 'comand' })).toContain(
      "'comand' is none of command, image, resources; did you mean 'command'?",
    );
    expect(refusal({ GROUP_RUN_ALLOW: '*' })).not.toContain('did you mean');
  });
});

describe('what runs need', () => {
  const secret = 'a-secret-of-more-than-32-characters';

  test('is read: the secrets, the hosts that may be called back, and how long runs are kept', () => {
    expect(
      read({
        LAUNCHER_SECRET: `${secret}, another-${secret}`,
        CALLBACK_HOSTS: 'Hooks.example.org, *.example.com:8443',
        RUN_RETENTION_DAYS: '3650',
      }),
    ).toMatchObject({
      launcherSecrets: [secret, `another-${secret}`],
      callbackHosts: ['hooks.example.org', '*.example.com:8443'],
      runRetentionDays: 3650,
    });
  });

  test.each(['0', '3651', '-1', '1.5', '1e2', 'x'])('keeps no runs for %s days', (days) => {
    expect(namedIn(refusal({ RUN_RETENTION_DAYS: days }))).toEqual(['RUN_RETENTION_DAYS']);
  });

  test('lets callbacks go to this machine where Azure is an emulator on it, and nowhere else', () => {
    const settings = { CALLBACK_HOSTS: 'localhost:8080' };

    expect(namedIn(refusal(settings))).toEqual(['CALLBACK_HOSTS']);
    expect(read({ ...settings, ARM_ENDPOINT: 'http://localhost:4000' }).callbackHosts).toEqual([
      'localhost:8080',
    ]);
  });

  test('is a storage account, by its connection string or for a managed identity by its name', () => {
    expect(namedIn(refusal({ AzureWebJobsStorage: undefined }))).toEqual(['AzureWebJobsStorage']);
    expect(
      read({ AzureWebJobsStorage: '', AzureWebJobsStorage__accountName: 'jobsstorage' }).storage,
    ).toMatchObject({
      tableUrl: 'https://jobsstorage.table.core.windows.net',
      credential: { kind: 'identity' },
    });
  });

  test('may be missing though jobs would use it: only what needs it is refused', () => {
    writeJobs({
      nightly: {
        containerGroup: groupIn('jobs'),
        allow: ['secureEnv', 'callbackUrl'],
        callbackSecret: 'setting:HOOK_SECRET',
      },
    });

    expect(read({ HOOK_SECRET: secret }).jobs.get('nightly')?.callbackSecrets).toEqual([secret]);
  });
});

describe('the three ACI_ settings', () => {
  const three = {
    ACI_SUBSCRIPTION_ID: subscriptionId,
    ACI_RESOURCE_GROUP: 'jobs',
    ACI_CONTAINER_GROUP: 'nightly',
  };

  test("make a job named 'default', whose callers may set variables", () => {
    expect([...read(three).jobs]).toEqual([
      [
        'default',
        {
          name: 'default',
          containerGroup: { subscriptionId, resourceGroup: 'jobs', name: 'nightly' },
          allow: new Set(['env']),
          roles: [],
          secrets: [],
          life: {},
          callbackSecrets: [],
          when: [],
        },
      ],
    ]);
  });

  test.each([
    [['ACI_SUBSCRIPTION_ID'], ['ACI_RESOURCE_GROUP', 'ACI_CONTAINER_GROUP']],
    [['ACI_RESOURCE_GROUP'], ['ACI_SUBSCRIPTION_ID', 'ACI_CONTAINER_GROUP']],
    [['ACI_CONTAINER_GROUP'], ['ACI_SUBSCRIPTION_ID', 'ACI_RESOURCE_GROUP']],
    [['ACI_SUBSCRIPTION_ID', 'ACI_RESOURCE_GROUP'], ['ACI_CONTAINER_GROUP']],
    [['ACI_SUBSCRIPTION_ID', 'ACI_CONTAINER_GROUP'], ['ACI_RESOURCE_GROUP']],
    [['ACI_RESOURCE_GROUP', 'ACI_CONTAINER_GROUP'], ['ACI_SUBSCRIPTION_ID']],
  ])('of which only %s is there name %s as missing', (given, missing) => {
    const env = Object.fromEntries(Object.entries(three).filter(([name]) => given.includes(name)));

    const message = refusal(env);

    expect(namedIn(message)).toEqual(missing);
    expect(message).toContain(`though ${given.join(' and ')} ${given.length === 1 ? 'is' : 'are'}`);
  });

  test("are held to ARM's name rules", () => {
    expect(
      namedIn(
        refusal({
          ACI_SUBSCRIPTION_ID: 'mine',
          ACI_RESOURCE_GROUP: 'a/b',
          ACI_CONTAINER_GROUP: '-nightly',
        }),
      ),
    ).toEqual(['ACI_SUBSCRIPTION_ID', 'ACI_RESOURCE_GROUP', 'ACI_CONTAINER_GROUP']);
  });

  test("do not silently stand in for a job of the jobs file that is named 'default' too", () => {
    writeJobs({ default: { containerGroup: groupIn('jobs') } });

    expect(namedIn(refusal(three))).toEqual(['ACI_CONTAINER_GROUP']);
  });
});

describe('the jobs file', () => {
  test('is jobs.json beside host.json, when there is one', () => {
    expect(read({}).jobs.size).toBe(0);

    writeJobs({ nightly: { containerGroup: groupIn('jobs') } });

    expect([...read({}).jobs.keys()]).toEqual(['nightly']);
  });

  test('may start with the byte order mark that editors on Windows write', () => {
    writeFileSync(
      join(appRoot, 'jobs.json'),
      `\uFEFF${JSON.stringify({ jobs: { nightly: { containerGroup: groupIn('jobs') } } })}`,
    );

    expect([...read({}).jobs.keys()]).toEqual(['nightly']);
  });

  test('is where JOBS_FILE says, from the app’s root or from the disk’s', () => {
    writeJobs({ other: { containerGroup: groupIn('jobs') } }, 'other.json');

    expect([...read({ JOBS_FILE: 'other.json' }).jobs.keys()]).toEqual(['other']);
    expect([...read({ JOBS_FILE: join(appRoot, 'other.json') }).jobs.keys()]).toEqual(['other']);
  });

  test('must be there when JOBS_FILE names it', () => {
    const message = refusal({ JOBS_FILE: 'missing.json' });

    expect(namedIn(message)).toEqual(['JOBS_FILE']);
    expect(message).toContain(join(appRoot, 'missing.json'));
    expect(message).toContain('ENOENT');
  });

  test('that cannot be read stops the start', () => {
    mkdirSync(join(appRoot, 'jobs.json'));

    expect(refusal({})).toMatch(/^ {2}JOBS_FILE: '.*jobs\.json' cannot be read: EISDIR/m);
  });

  test('that is no JSON is named with the place where it breaks off, and none of its text', () => {
    writeFileSync(join(appRoot, 'jobs.env'), 'DB_PASSWORD=hunter2\n');
    const message = refusal({ JOBS_FILE: 'jobs.env' });

    expect(message).toContain('  jobs.env#: It is not JSON: it breaks off at line 1, column 1.');
    expect(message).not.toMatch(/DB_|hunter/);
  });

  test('gets the value of a secret as it is: the last line of a PEM file ends with a line feed', () => {
    writeJobs({
      nightly: {
        containerGroup: groupIn('jobs'),
        secrets: [{ volume: 'certs', key: 'tls.pem', from: 'setting:TLS_PEM' }],
      },
    });

    expect(read({ TLS_PEM: ' a\nb\n' }).jobs.get('nightly')?.secrets).toEqual([
      { volume: 'certs', key: 'tls.pem', value: ' a\nb\n' },
    ]);
  });
});
