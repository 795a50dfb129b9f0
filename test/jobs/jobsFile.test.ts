import { describe, expect, test } from 'vitest';
import { containerGroup, readJobs, readText } from './jobsFile.ts';

/** The faults of one job's entry: where, within the entry, and what. */
function faultsOf(entry: object, settings: Record<string, string> = {}): string[] {
  const { faults } = readJobs({ nightly: entry }, settings);
  return faults.map(({ target, message }) => `${target.replace(/^\/jobs\/nightly/, '')}: ${message}`);
}

function targetsOf(entry: object, settings: Record<string, string> = {}): string[] {
  return faultsOf(entry, settings).map((fault) => fault.split(': ')[0] ?? '');
}

describe('a jobs file', () => {
  test('makes of an entry with a container group alone a job whose callers may set variables', () => {
    expect(readJobs({ nightly: {} })).toEqual({
      jobs: [
        {
          name: 'nightly',
          containerGroup: {
            subscriptionId: '11111111-2222-3333-4444-555555555555',
            resourceGroup: 'jobs',
            name: 'nightly',
          },
          allow: new Set(['env']),
          roles: [],
          secrets: [],
          life: {},
          callbackSecrets: [],
          when: [],
        },
      ],
      faults: [],
    });
  });

  test('carries what an entry says into its job', () => {
    const map = [{ name: 'COMMIT', from: '/after', required: true }];
    const when = [{ from: '/ref', equals: 'refs/heads/main' }];
    const life = {
      mode: 'clone',
      tasks: 3,
      parallelism: 2,
      timeoutSeconds: 60,
      startWithinSeconds: 30,
      maxRetries: 0,
      ttlSeconds: 0,
      ifRunning: 'replace',
    };
    const { jobs, faults } = readJobs(
      {
        nightly: {
          container: 'main',
          env: { type: 'object' },
          allow: ['env', 'ifRunning'],
          ...life,
          callbackSecret: ['setting:NEW', 'setting:OLD'],
          map,
          when,
        },
      },
      { NEW: 'a secret of 16 letters', OLD: `whsec_${Buffer.alloc(24).toString('base64')}` },
    );

    expect(faults).toEqual([]);
    expect(jobs).toMatchObject([
      {
        container: 'main',
        contract: { schema: { type: 'object' } },
        allow: new Set(['env', 'ifRunning']),
        life,
        callbackSecrets: ['a secret of 16 letters', `whsec_${Buffer.alloc(24).toString('base64')}`],
        map,
        when,
      },
    ]);
  });

  test('may say which schema editors are to use, and hold no job', () => {
    expect(readText('{"$schema": "./jobs.schema.json", "jobs": {}}')).toEqual({ jobs: [], faults: [] });
  });

  test.each([
    ['', 'line 1, column 1'],
    ['{"jobs": {\n  "a": 1,\n}}', 'line 3, column 1'],
    ['{"jobs": {\n  // a comment\n}}', 'line 2, column 3'],
    ['{"jobs": {', 'line 1, column 11'],
  ])('%j is no JSON, and the place is named', (text, place) => {
    expect(readText(text)).toEqual({
      jobs: [],
      faults: [{ code: 'InvalidJson', target: '', message: `It is not JSON: it breaks off at ${place}.` }],
    });
  });

  test.each(['null', '[]', '"jobs"', '1', '{}', '{"jobs": []}', '{"jobs": null}', '{"jobs": {"a": null}}'])(
    '%s is not of the right shape',
    (text) => {
      const { jobs, faults } = readText(text);

      expect(jobs).toEqual([]);
      expect(faults).toHaveLength(1);
    },
  );
});

describe('the faults of a jobs file', () => {
  test('are all named at once, each with its JSON Pointer', () => {
    const { faults } = readJobs({
      'not good': {},
      nightly: { containerGroup: 'x', secrets: [{ registry: 'r', from: 'setting:NOT_SET' }] },
      'a~b/c': { map: [{ name: '1', from: 'x' }] },
    });

    expect(faults.map(({ target }) => target)).toEqual([
      '/jobs/not good',
      '/jobs/nightly/containerGroup',
      '/jobs/nightly/secrets/0/from',
      '/jobs/a~0b~1c',
      '/jobs/a~0b~1c/map/0/name',
      '/jobs/a~0b~1c/map/0/from',
    ]);
  });

  test('of its shape are all named at once, too', () => {
    expect(
      targetsOf({
        container: 1,
        env: [],
        allow: ['env', 'everything'],
        ifRunning: 'wait',
        tasks: 101,
        timeoutSeconds: 0,
        maxRetries: 11,
        callbackSecret: 'a secret itself',
        map: [{ name: 'A' }, { name: 'B', from: '/b', source: 'cookie', maxLength: -1 }],
        when: [{ from: '/ref' }],
        secrets: [{ registry: 'r' }, { workspace: 'both', from: 'setting:A' }],
      }).sort(),
    ).toEqual([
      '/allow/1',
      '/callbackSecret',
      '/container',
      '/env',
      '/ifRunning',
      '/map/0/from',
      '/map/1/maxLength',
      '/map/1/source',
      '/maxRetries',
      '/secrets/0/from',
      '/secrets/1/workspace',
      '/tasks',
      '/timeoutSeconds',
      '/when/0/equals',
    ]);
  });
});

describe('a member that nobody knows', () => {
  test.each([
    [{ containr: 'main' }, "/containr: 'containr' is not known here; did you mean 'container'?"],
    [{ ifrunning: 'replace' }, "/ifrunning: 'ifrunning' is not known here; did you mean 'ifRunning'?"],
    [
      { map: [{ name: 'A', from: '/a', requird: true }] },
      "/map/0/requird: 'requird' is not known here; did you mean 'required'?",
    ],
    [
      { secrets: [{ registry: 'r', frm: 'x', from: 'setting:A' }] },
      "/secrets/0/frm: 'frm' is not known here; did you mean 'from'?",
    ],
    [
      { when: [{ from: '/a', equals: 1, unless: 2 }] },
      "/when/0/unless: 'unless' is not known here. Known: from, source, equals.",
    ],
  ])('as in %j is refused, with what it may mean', (entry, fault) => {
    expect(faultsOf(entry, { A: 'a' })).toEqual([fault]);
  });

  test('is refused at the top and when it is only promised, as paused is', () => {
    expect(readText('{"jobs": {}, "job": {}}').faults).toMatchObject([
      { code: 'UnknownMember', target: '/job', message: "'job' is not known here; did you mean 'jobs'?" },
    ]);
    expect(targetsOf({ paused: true })).toEqual(['/paused']);
  });

  test('cannot be __proto__, nor can a job, a variable or a member of a mapping', () => {
    const entry = `"containerGroup": "${containerGroup}"`;

    expect(readText(`{"jobs": {"__proto__": {${entry}}}}`).faults).toMatchObject([
      { target: '/jobs/__proto__', message: expect.stringContaining("'__proto__'") },
    ]);
    expect(readText(`{"__proto__": {}, "jobs": {}}`).faults).toMatchObject([{ target: '/__proto__' }]);
    expect(readText(`{"jobs": {"a": {${entry}, "__proto__": {"allow": []}}}}`).faults).toMatchObject([
      { target: '/jobs/a/__proto__' },
    ]);
    expect(targetsOf({ map: [{ name: '__proto__', from: '/a' }] })).toEqual(['/map/0/name']);
  });
});

describe("a job's name", () => {
  test.each(['a', 'nightly', '0', 'a-1-b', 'x'.repeat(63)])('may be %s', (name) => {
    expect(readJobs({ [name]: {} }).faults).toEqual([]);
  });

  test.each([
    ...['', 'Nightly', '-a', 'a-', 'a_b', 'a.b', 'a b', 'a/b', 'ä', 'a\n', 'x'.repeat(64)],
    ...['{job}', '..'],
  ])('may not be %j, for it is part of a route', (name) => {
    const { faults } = readJobs({ [name]: {} });

    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toContain('lower-case letters, digits and inner hyphens');
  });
});

describe("a job's container group", () => {
  const id = '11111111-2222-3333-4444-555555555555';

  test.each([
    'nightly',
    '/subscriptions/x/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/nightly',
    `/subscriptions/${id}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/`,
    `/subscriptions/${id}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/a_b`,
    `/subscriptions/${id}/resourceGroups/jobs./providers/Microsoft.ContainerInstance/containerGroups/a`,
    `/subscriptions/${id}/resourceGroups/jobs/providers/Microsoft.App/containerApps/nightly`,
    `https://management.azure.com${containerGroup}`,
    `${containerGroup}/start`,
  ])('is not %s', (resourceId) => {
    expect(targetsOf({ containerGroup: resourceId })).toEqual(['/containerGroup']);
  });

  test('is told from others without regard to case', () => {
    expect(readJobs({ nightly: { containerGroup: containerGroup.toUpperCase() } }).faults).toEqual([]);
  });

  test('lies in the scopes that the app may touch', () => {
    const scopes = [`/subscriptions/${id}/resourceGroups/job`];

    expect(readJobs({ nightly: {} }, {}, { scopes }).faults).toMatchObject([
      {
        target: '/jobs/nightly/containerGroup',
        message: expect.stringContaining('is outside ALLOWED_SCOPES'),
      },
    ]);
  });
});

describe("a job's contract", () => {
  test.each([
    [{ type: 'objekt' }],
    [{ type: 'object', propertys: {} }],
    [{ type: 'object', properties: { A: { type: 'string', pattern: '[' } } }],
    [{ type: 'object', properties: { A: { type: 'string', format: 'dat' } } }],
    [{ $ref: 'https://example.org/schema.json' }],
    [{ $ref: '#/definitions/missing' }],
    [{ $schema: 'https://json-schema.org/draft/2020-12/schema' }],
    [{ $async: true, type: 'object' }],
  ])('cannot be %j', (env) => {
    expect(faultsOf({ env })).toEqual([expect.stringMatching(/^\/env: The contract is not a JSON Schema: /)]);
  });
});

describe('a secret', () => {
  const everyKind = [
    { container: 'main', env: 'DB_PASSWORD', from: 'setting:SECRET' },
    { registry: 'example.azurecr.io', from: 'setting:SECRET' },
    { volume: 'data', from: 'setting:SECRET' },
    { volume: 'certs', key: 'tls.pem', from: 'setting:SECRET' },
    { workspace: 'key', from: 'setting:SECRET' },
    { workspace: 'resourceId', from: 'setting:SECRET' },
  ];

  test('of every kind is read from its app setting', () => {
    const { jobs, faults } = readJobs({ nightly: { secrets: everyKind } }, { SECRET: 'hunter2' });

    expect(faults).toEqual([]);
    expect(jobs[0]?.secrets).toEqual(
      everyKind.map(({ from: _, ...place }) => ({ ...place, value: 'hunter2' })),
    );
  });

  test.each([{}, { SECRET: '' }, { SECRET: ' \n' }])('that is not set is a fault: %j', (settings) => {
    expect(faultsOf({ secrets: everyKind.slice(0, 2) }, settings)).toEqual([
      "/secrets/0/from: The app setting 'SECRET' is not set.",
      "/secrets/1/from: The app setting 'SECRET' is not set.",
    ]);
  });

  test.each([
    [{}],
    [{ container: 'main' }],
    [{ env: 'A' }],
    [{ key: 'tls.pem' }],
    [{ registry: 'r', volume: 'v' }],
    [{ container: 'main', env: 'A', registry: 'r' }],
    [{ workspace: 'key', key: 'k' }],
  ])('for %j is of no known kind', (place) => {
    expect(targetsOf({ secrets: [{ ...place, from: 'setting:SECRET' }] }, { SECRET: 's' })).toEqual([
      '/secrets/0',
    ]);
  });

  test('of no known kind is not a second one of the same value, too', () => {
    const secrets = [{ from: 'setting:SECRET' }, { env: 'A', from: 'setting:SECRET' }];

    expect(targetsOf({ secrets }, { SECRET: 's' })).toEqual(['/secrets/0', '/secrets/1']);
  });

  test.each(['hunter2', 'SECRET', 'setting:', 'setting:A B', 'setting:1A', 'None', 'setting:A\n'])(
    'comes from a setting, not from %j',
    (from) => {
      expect(targetsOf({ secrets: [{ registry: 'r', from }] })).toEqual(['/secrets/0/from']);
    },
  );

  test("can come from none where a workspace's resource id may be missing, and nowhere else", () => {
    const { jobs } = readJobs({ nightly: { secrets: [{ workspace: 'resourceId', from: 'none' }] } });

    expect(jobs[0]?.secrets).toEqual([{ workspace: 'resourceId', value: undefined }]);
    expect(
      targetsOf({
        secrets: [
          { workspace: 'key', from: 'none' },
          { registry: 'r', from: 'none' },
          { container: 'main', env: 'A', from: 'none' },
        ],
      }),
    ).toEqual(['/secrets/0/from', '/secrets/1/from', '/secrets/2/from']);
  });

  test('is named once for each value; the name of a registry has no case', () => {
    const secrets = [...everyKind, { registry: 'EXAMPLE.azurecr.io', from: 'setting:SECRET' }, everyKind[2]];

    expect(faultsOf({ secrets }, { SECRET: 's' })).toEqual([
      "/secrets/6: The value imageRegistryCredentials['EXAMPLE.azurecr.io'].password is set twice.",
      "/secrets/7: The value volumes['data'].azureFile.storageAccountKey is set twice.",
    ]);
  });

  test.each(['RUN_ID', 'run_attempt', 'A-B', '1A', '', '__proto__'])(
    'cannot be for a variable named %j',
    (env) => {
      const secrets = [{ container: 'main', env, from: 'setting:SECRET' }];

      expect(targetsOf({ secrets }, { SECRET: 's' })).toEqual(['/secrets/0/env']);
    },
  );

  test('has its value in no fault, whatever else is wrong', () => {
    const secrets = [
      ...everyKind,
      ...everyKind,
      { from: 'setting:SECRET' },
      { key: 'k', from: 'setting:SECRET' },
    ];
    const text = JSON.stringify(
      readJobs(
        { Bad: { containerGroup: 'x', secrets, env: { type: 'hunter' }, map: [{ name: '1', from: 'x' }] } },
        { SECRET: 'hunter2' },
      ).faults,
    );

    expect(text.match(/"target"/g)?.length).toBeGreaterThan(8);
    expect(text).not.toContain('hunter2');
  });
});

describe('a map', () => {
  test.each(['', '1A', 'A-B', 'A B', 'Ä', 'A'.repeat(64), 'RUN_ID', 'Run_Attempt', 'A\n'])(
    'sets no variable named %j',
    (name) => {
      expect(targetsOf({ map: [{ name, from: '/a' }] })).toEqual(['/map/0/name']);
    },
  );

  test('says why a reserved name is', () => {
    expect(faultsOf({ map: [{ name: 'RUN_ID', from: '/a' }] })[0]).toContain(
      'is reserved: the launcher sets it',
    );
  });

  test('sets a variable once', () => {
    const map = ['A', 'B', 'A', 'A'].map((name) => ({ name, from: '/a' }));

    expect(faultsOf({ map })).toEqual([
      "/map/2: The variable 'A' is set twice.",
      "/map/3: The variable 'A' is set twice.",
    ]);
  });

  test.each(['a', 'a/b', '$.a', '/a~', '/a~2', '#/a'])(
    'and when do not look at %j: it is no JSON Pointer',
    (from) => {
      expect(targetsOf({ map: [{ name: 'A', from }], when: [{ from, equals: 1 }] })).toEqual([
        '/map/0/from',
        '/when/0/from',
      ]);
    },
  );

  test.each(['', '/', '/a~1b/~0/0', '/a b/ü'])('and when may look at %j', (from) => {
    expect(targetsOf({ map: [{ name: 'A', from }], when: [{ from, equals: null }] })).toEqual([]);
  });

  test.each([
    ['header', 'authorization'],
    ['header', 'Authorization'],
    ['header', 'proxy-authorization'],
    ['header', 'cookie'],
    ['header', 'X-Functions-Key'],
    ['header', 'x-ms-client-principal'],
    ['header', 'x-ms-client-principal-id'],
    ['header', 'X-MS-TOKEN-AAD-ACCESS-TOKEN'],
    ['header', 'x-zumo-auth'],
    ['header', 'x-original-url'],
    ['header', 'x-waws-unencoded-url'],
    ['query', 'code'],
    ['query', 'Code'],
  ])('and when do not look at the %s %s: it opens this app', (source, from) => {
    const looks = { from, source };

    for (const fault of faultsOf({ map: [{ name: 'A', ...looks }], when: [{ ...looks, equals: 'x' }] })) {
      expect(fault).toContain('carries credentials of this app');
    }
    expect(targetsOf({ map: [{ name: 'A', ...looks }], when: [{ ...looks, equals: 'x' }] })).toEqual([
      '/map/0/from',
      '/when/0/from',
    ]);
  });

  test.each([
    ['header', 'x-github-event'],
    ['header', 'code'],
    ['header', 'x-authorization'],
    ['query', 'authorization'],
    ['query', 'a b'],
    ['body', '/code'],
  ])('may look at the %s %s', (source, from) => {
    expect(targetsOf({ map: [{ name: 'A', from, source }] })).toEqual([]);
  });

  test.each(['', 'a b', 'a:', 'ü', '/after', 'a\n'])(
    'does not look at a header named %j: there can be none',
    (from) => {
      expect(targetsOf({ map: [{ name: 'A', from, source: 'header' }] })).toEqual(['/map/0/from']);
    },
  );

  test.each(['[', '(?<a', '*', '\\p{Nonsense}', '\\-'])(
    'knows that %s is no regular expression',
    (pattern) => {
      expect(targetsOf({ map: [{ name: 'A', from: '/a', pattern }] })).toEqual(['/map/0/pattern']);
    },
  );

  test('has no default for what is required', () => {
    expect(targetsOf({ map: [{ name: 'A', from: '/a', required: true, default: '' }] })).toEqual([
      '/map/0/default',
    ]);
    expect(targetsOf({ map: [{ name: 'A', from: '/a', required: false, default: 0 }] })).toEqual([]);
  });
});

describe('a job that could never be launched', () => {
  test('has a default that its own pattern or length refuses', () => {
    const mapping = { name: 'A', from: '/a', default: 12 };

    expect(targetsOf({ map: [{ ...mapping, pattern: '^[a-z]+$' }] })).toEqual(['/map/0/default']);
    expect(targetsOf({ map: [{ ...mapping, maxLength: 1 }] })).toEqual(['/map/0/default']);
    expect(targetsOf({ map: [{ ...mapping, pattern: '^1', maxLength: 2 }] })).toEqual([]);
  });

  test('allows what can be sent only within containers, and not those', () => {
    expect(targetsOf({ allow: ['env', 'image'] })).toEqual(['/allow']);
    expect(targetsOf({ allow: ['containers', 'image'] })).toEqual([]);
  });

  test('takes a secret from a Key Vault reference that was not resolved, which would be written into the group', () => {
    const secrets = [{ registry: 'r', from: 'setting:A' }];
    const faults = faultsOf(
      { secrets },
      { A: '@Microsoft.KeyVault(SecretUri=https://vault/secrets/canary)' },
    );

    expect(faults).toEqual([expect.stringMatching(/^\/secrets\/0\/from: .*'A' holds a Key Vault reference/)]);
    expect(faults.join()).not.toContain('canary');
  });

  test('has a contract for something else than an object', () => {
    expect(targetsOf({ env: { type: 'array' } })).toEqual(['/env/type']);
  });
});

describe('what a job says of copies', () => {
  test('is refused where none of its runs can have any', () => {
    const copies = { tasks: 2, parallelism: 1, ttlSeconds: 60 };

    expect(targetsOf(copies)).toEqual(['/tasks', '/parallelism', '/ttlSeconds']);
    expect(targetsOf({ ...copies, mode: 'clone' })).toEqual([]);
    expect(targetsOf({ ...copies, allow: ['mode'] })).toEqual([]);
  });
});

describe('the secret that callbacks are signed with', () => {
  test.each([
    [{}, "/callbackSecret: The app setting 'HOOK' is not set."],
    [{ HOOK: 'hunter2' }, "/callbackSecret: The app setting 'HOOK' must have at least 16 characters."],
    [{ HOOK: 'whsec_hunter2' }, "/callbackSecret: The app setting 'HOOK' must be base64"],
    [{ HOOK: '@Microsoft.KeyVault(SecretUri=hunter2)' }, '/callbackSecret: The app setting'],
  ])('from settings like %j is refused, and not shown', (settings, fault) => {
    const faults = faultsOf({ callbackSecret: 'setting:HOOK' }, settings);

    expect(faults).toEqual([expect.stringContaining(fault)]);
    expect(faults.join()).not.toContain('hunter2');
  });

  test('is named with its place in a list', () => {
    expect(
      targetsOf({ callbackSecret: ['setting:A', 'setting:B'] }, { A: 'a secret of 16 letters' }),
    ).toEqual(['/callbackSecret/1']);
    expect(targetsOf({ callbackSecret: [] })).toEqual(['/callbackSecret']);
  });
});

describe('the app roles of a job', () => {
  test('are kept as they are written', () => {
    const roles = ['Runs.Launch.Nightly', 'a:b/c'];

    expect(readJobs({ nightly: { roles } }).jobs[0]?.roles).toEqual(roles);
  });

  test.each([['Runs Launch'], ['.Launch'], [''], ['x'.repeat(121)], ['Läufe']])(
    'are none that Entra ID could have: %j',
    (role) => {
      expect(targetsOf({ roles: ['Runs.Launch.Nightly', role] })).toEqual(['/roles/1']);
    },
  );
});
