import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { describedApp, operationOf, operationsIn } from './describedApp.ts';
import { faultsOf } from './validity.ts';

const settings = {
  HOOK_SECRET: 'hook-canary-0123456789',
  DB: 'db-canary',
  CALLBACK: `whsec_${Buffer.alloc(24, 7).toString('base64')}`,
};
const dated = {
  type: 'object',
  properties: { DATE: { type: 'string', format: 'date' } },
  required: ['DATE'],
  additionalProperties: false,
};
const map = [
  { name: 'COMMIT', from: '/head/after', required: true, pattern: '^[0-9a-f]{40}$', maxLength: 40 },
  { name: 'BRANCH', from: '/ref', default: 'main' },
  { name: 'EVENT', from: 'x-github-event', source: 'header', required: true },
  { name: 'TYPE', from: 'Content-Type', source: 'header' },
  { name: 'KEY', from: 'idempotency-key', source: 'header' },
  { name: 'WHO', from: 'who', source: 'query' },
];
const many = {
  plain: {},
  dated: { env: dated, allow: ['env', 'ifRunning', 'callbackUrl'], callbackSecret: 'setting:CALLBACK' },
  hooked: {
    map,
    when: [{ from: '/ref', equals: 'refs/heads/main' }],
    hook: { preset: 'github', secret: 'setting:HOOK_SECRET' },
    secrets: [{ container: 'main', env: 'DB_PASSWORD', from: 'setting:DB' }],
    roles: ['Runs.Launch.Hooked'],
  },
  events: {
    map: [{ name: 'ID', from: 'CE_ID', source: 'event' }],
    hook: { preset: 'event-grid', secret: 'setting:HOOK_SECRET' },
  },
  everything: {
    allow: ['env', 'secureEnv', 'containers', 'command', 'image', 'resources', 'mode', 'tasks', 'tags'],
    mode: 'clone',
  },
};
const odd = Object.fromEntries(
  ['a-b', 'a--b', 'ab', 'job', 'runs', 'launch-job', 'launch-job-a', '0', 'x'.repeat(63), 'default'].map(
    (name) => [
      name,
      {
        map: [{ name: 'A', from: `/${name}/~1a b/%25/"{c}` }],
        hook: { preset: 'stripe', secret: 'setting:HOOK_SECRET' },
      },
    ],
  ),
);

describe('both documents', () => {
  test.each([
    ['without a job', {}, {}],
    ['with one job', { default: {} }, {}],
    ['with jobs of every kind', many, {}],
    ['with jobs of odd names', odd, {}],
    ['behind Easy Auth', many, { easyAuth: true }],
    ["with its callers' own tokens", many, { credential: 'caller' }],
    ['on somebody’s machine', many, { isLocal: true, origin: 'http://localhost:7071' }],
    ['that does not know its origin', many, { origin: '' }],
  ] as const)('are valid of an app %s', async (_, jobs, given) => {
    expect(await faultsOf(describedApp(jobs, { settings, ...given }))).toEqual([]);
  });

  test('tell of every function that a client calls, and of nothing else', () => {
    const { app, openApi, swagger } = describedApp(many, { settings });
    const routes = app.functions
      // The page is for a browser, and the last answer 404 for jobs that there are not, and nothing else.
      .filter(({ name }) => !/^show-console|^unknown-/.test(name))
      .flatMap(({ methods, route }) =>
        methods.flatMap((method) =>
          (route.includes('{job}') ? [...app.jobs.keys()] : ['']).map(
            (job) => `${method.toLowerCase()} /${route.replace('{job}', job)}`,
          ),
        ),
      );

    for (const document of [openApi, swagger]) {
      expect(
        operationsIn(document)
          .map(({ method, path }) => `${method} ${path}`)
          .sort(),
      ).toEqual(routes.sort());
    }
  });

  test('hold no secret, no name of one, and no value of a setting', () => {
    const { openApi, swagger } = describedApp(many, { settings });

    for (const document of [openApi, swagger]) {
      expect(JSON.stringify(document)).not.toMatch(
        new RegExp(
          ['canary', 'DB_PASSWORD', 'HOOK_SECRET', 'setting:', ...Object.values(settings)].join('|'),
        ),
      );
      expect(JSON.stringify(document)).not.toContain('resourceGroups/jobs/');
    }
  });

  test('say which version of the app they are of', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };

    expect(describedApp().openApi['info']).toMatchObject({ version });
  });

  test('have a title for every operation, and put launches first', () => {
    for (const { summary, operationId, 'x-ms-visibility': visibility } of operationsIn(
      describedApp(many, { settings }).swagger,
    )) {
      expect(summary).toMatch(/^.{3,80}(?<!\.)$/);
      expect(operationId).toMatch(/^[A-Z]\w*$/);
      if (/^(?:Launch|Trigger)/.test(operationId)) {
        expect(visibility).toBe('important');
      }
    }
  });
});

describe('the document', () => {
  const { openApi, swagger } = describedApp(many, { settings });

  test('has the origin that callers reach the app by', () => {
    expect(openApi['servers']).toEqual([{ url: 'https://jobs.example.org/api' }]);
    expect(swagger).toMatchObject({ host: 'jobs.example.org', basePath: '/api', schemes: ['https'] });
    expect(describedApp({}, { origin: '' }).swagger).not.toHaveProperty('host');
  });

  test('asks for a function key, but where anybody may call', () => {
    expect(operationOf(openApi, 'LaunchJob_plain').security).toEqual([
      { functionKey: [] },
      { functionCode: [] },
    ]);
    expect(operationOf(swagger, 'LaunchJob_plain').security).toEqual([{ functionKey: [] }]);
    for (const id of ['Health', 'ShowResult', 'ReceiveHook_hooked', 'OptionsReceiveHook_hooked']) {
      expect(operationOf(openApi, id).security).toEqual([]);
      expect(operationOf(swagger, id).security).toEqual([]);
    }
    expect(swagger['securityDefinitions']).toEqual({
      functionKey: expect.objectContaining({ type: 'apiKey', in: 'header', name: 'x-functions-key' }),
    });
  });

  test('asks for a token of Entra behind Easy Auth, and names the roles that open each operation', () => {
    const guarded = describedApp(many, { settings, easyAuth: true });

    expect(operationOf(guarded.openApi, 'LaunchJob_hooked')).toMatchObject({
      security: [{ entra: [] }],
      description: expect.stringContaining('Takes the app role Runs.Launch or Runs.Launch.Hooked.'),
    });
    expect(guarded.swagger['securityDefinitions']).toEqual({
      entra: expect.objectContaining({ type: 'oauth2', flow: 'accessCode', scopes: {} }),
    });
    expect(operationOf(openApi, 'LaunchJob_hooked').description).not.toContain('app role');
  });

  test('asks for the caller’s own token beside the key where that is what Azure gets', () => {
    const { openApi } = describedApp(many, { settings, credential: 'caller' });

    expect(operationOf(openApi, 'ShowRun').security).toEqual([
      { functionKey: [], armToken: [] },
      { functionCode: [], armToken: [] },
    ]);
    expect(operationOf(openApi, 'ListJobs').security).toEqual([{ functionKey: [] }, { functionCode: [] }]);
  });

  test('has the headers and the query parameters that a job’s map looks at, but those that OpenAPI has other words for', () => {
    const own = operationOf(openApi, 'TriggerJob_hooked').parameters?.filter(
      ({ name }) => name !== undefined,
    );

    expect(own).toEqual([
      expect.objectContaining({ name: 'x-github-event', in: 'header', required: true }),
      expect.objectContaining({ name: 'who', in: 'query', required: false }),
    ]);
  });

  test('says what a trigger’s body must have, by the job’s map', () => {
    const { 'Payload.hooked': payload } = (openApi['components'] as { schemas: Record<string, object> })
      .schemas;

    expect(payload).toEqual({
      title: "A payload for job 'hooked'",
      type: 'object',
      properties: {
        head: {
          type: 'object',
          properties: {
            after: { description: 'Becomes the variable COMMIT.', pattern: '^[0-9a-f]{40}$', maxLength: 40 },
          },
          required: ['after'],
        },
        ref: { description: 'Becomes the variable BRANCH.' },
      },
      required: ['head'],
    });
  });

  test('lets callers send only what the job allows', () => {
    const { 'RunRequest.dated': request } = (
      openApi['components'] as { schemas: Record<string, { properties: object }> }
    ).schemas;

    expect(Object.keys(request?.properties ?? {}).sort()).toEqual([
      'callbackUrl',
      'dryRun',
      'env',
      'ifRunning',
    ]);
    expect(request).toMatchObject({
      properties: { env: dated },
      required: ['env'],
      additionalProperties: false,
    });
  });

  test('of a hundred jobs is still small enough for a connector', () => {
    const jobs = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `nightly-report-${index}`,
        { env: dated, allow: ['env', 'ifRunning', 'callbackUrl', 'timeoutSeconds'] },
      ]),
    );

    expect(JSON.stringify(describedApp(jobs).swagger).length).toBeLessThan(1_000_000);
  });
});
