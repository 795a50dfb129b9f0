import { describe, expect, test } from 'vitest';
import type { ContainerGroupDocument } from '../../../src/aci/document.ts';
import { InvalidRequest, NeedsClone, SecretsRequired } from '../../../src/aci/errors.ts';
import type { LaunchOverrides } from '../../../src/aci/plan/overrides.ts';
import { planLaunch } from '../../../src/aci/plan/planLaunch.ts';
import type { Secret } from '../../../src/aci/plan/secrets.ts';

const mark = { runId: '019a0000-0000-7000-8000-000000000000', attempt: 1 };

type Variables = { name: string; [member: string]: unknown }[];

function group(
  containers: Record<string, Variables>,
  properties: Record<string, unknown> = {},
): ContainerGroupDocument {
  return {
    name: 'jobs',
    location: 'westeurope',
    properties: {
      provisioningState: 'Succeeded',
      restartPolicy: 'Never',
      osType: 'Linux',
      containers: Object.entries(containers).map(([name, environmentVariables]) => ({
        name,
        properties: {
          image: 'image',
          environmentVariables,
          resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
        },
      })),
      ...properties,
    },
  };
}

function plan(
  live: ContainerGroupDocument,
  overrides: LaunchOverrides,
  { secrets = [], container }: { secrets?: Secret[]; container?: string } = {},
) {
  const planned = planLaunch(live, { overrides, container, mark }, secrets);
  const variables = (name: string) =>
    planned.document.properties.containers
      .find((each) => each.name === name)
      ?.properties.environmentVariables?.filter((each) => !each.name.startsWith('RUN_'));
  return { ...planned, variables };
}

function faultsOf(kind: new (faults: never[]) => { faults: unknown }, action: () => unknown) {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return (error as InvalidRequest).faults;
  }
  throw new Error(`expected ${kind.name}`);
}

describe('the variables of a launch', () => {
  test('become text: text as it is, the rest as JSON', () => {
    const { variables } = plan(group({ main: [] }), {
      env: {
        TEXT: 'a b',
        EMPTY: '',
        INTEGER: 7,
        FRACTION: 0.5,
        FLAG: false,
        LIST: [1, null],
        OBJECT: { a: 'ü' },
      },
    });

    expect(variables('main')).toEqual([
      { name: 'TEXT', value: 'a b' },
      { name: 'EMPTY', value: '' },
      { name: 'INTEGER', value: '7' },
      { name: 'FRACTION', value: '0.5' },
      { name: 'FLAG', value: 'false' },
      { name: 'LIST', value: '[1,null]' },
      { name: 'OBJECT', value: '{"a":"ü"}' },
    ]);
  });

  test('replace what the container has, and null takes away', () => {
    const { variables, changes } = plan(
      group({
        main: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
      }),
      {
        env: { A: 'new', B: null, GONE: null },
      },
    );

    expect(variables('main')).toEqual([{ name: 'A', value: 'new' }]);
    expect(changes).toEqual([
      { property: "containers['main'].environmentVariables['A']", action: 'set', before: '1', after: 'new' },
      { property: "containers['main'].environmentVariables['B']", action: 'remove', before: '2' },
    ]);
  });

  test('carry the mark in every container, init containers too', () => {
    const { document } = planLaunch(
      group(
        { main: [], side: [{ name: 'RUN_ID', value: 'an older run' }] },
        {
          initContainers: [{ name: 'init', properties: {} }],
        },
      ),
      { overrides: {}, mark },
      [],
    );

    for (const { properties } of [
      ...document.properties.containers,
      ...(document.properties.initContainers ?? []),
    ]) {
      expect(properties.environmentVariables).toEqual([
        { name: 'RUN_ID', value: mark.runId },
        { name: 'RUN_ATTEMPT', value: '1' },
      ]);
    }
  });

  test('go to the container that the job names, or that the request does', () => {
    const { variables } = plan(
      group({ main: [], side: [] }),
      { env: { A: '1' }, containers: { side: { secureEnv: { B: '2' } } } },
      { container: 'main' },
    );

    expect(variables('main')).toEqual([{ name: 'A', value: '1' }]);
    expect(variables('side')).toEqual([{ name: 'B', secureValue: '2' }]);
  });

  test('need a container to go to, and the fault lists those there are', () => {
    expect(faultsOf(InvalidRequest, () => plan(group({ main: [], side: [] }), { env: { A: '1' } }))).toEqual([
      {
        code: 'ContainerRequired',
        target: '/env',
        message: expect.stringContaining("'main', 'side'"),
      },
    ]);
  });

  test('have every fault named at once', () => {
    const faults = faultsOf(InvalidRequest, () =>
      plan(group({ main: [] }), {
        env: {
          '1X': '',
          RUN_ID: 'mine',
          run_attempt: '2',
          'A/B': '',
          ['__proto__x'.slice(0, 9)]: '',
          NUL: 'a\0b',
          TWICE: '',
        },
        secureEnv: { TWICE: '' },
        containers: { other: {}, main: { env: { TWICE: '' } } },
      }),
    );

    expect(faults).toEqual([
      expect.objectContaining({ code: 'InvalidVariableName', target: '/env/1X' }),
      expect.objectContaining({ code: 'InvalidVariableName', target: '/env/RUN_ID' }),
      expect.objectContaining({ code: 'InvalidVariableName', target: '/env/run_attempt' }),
      expect.objectContaining({ code: 'InvalidVariableName', target: '/env/A~1B' }),
      expect.objectContaining({ code: 'InvalidVariableName', target: '/env/__proto__' }),
      expect.objectContaining({ code: 'InvalidVariableValue', target: '/env/NUL' }),
      expect.objectContaining({ code: 'DuplicateVariable', target: '/secureEnv/TWICE' }),
      expect.objectContaining({ code: 'ContainerNotFound', target: '/containers/other' }),
      expect.objectContaining({ code: 'DuplicateVariable', target: '/containers/main/env/TWICE' }),
    ]);
  });
});

describe('what Azure never returns', () => {
  const live = group(
    {
      main: [
        { name: 'DB_PASSWORD' },
        { name: 'EMPTY', value: '' },
        { name: 'VAULT', secureValueReference: 'r' },
      ],
    },
    {
      imageRegistryCredentials: [
        { server: 'Example.azurecr.io', username: 'u' },
        { server: 'by-identity.azurecr.io', identity: '/subscriptions/s' },
      ],
      volumes: [
        { name: 'data', azureFile: { shareName: 's', storageAccountName: 'a' } },
        { name: 'certs', secret: {} },
        { name: 'scratch', emptyDir: {} },
      ],
      diagnostics: { logAnalytics: { workspaceId: 'w' } },
    },
  );
  const secrets: Secret[] = [
    { container: 'main', env: 'DB_PASSWORD', value: 's3cret-env' },
    { registry: 'example.azurecr.io', value: 's3cret-registry' },
    { volume: 'data', value: 's3cret-volume' },
    { volume: 'certs', key: 'tls.pem', value: 's3cret-file' },
    { workspace: 'key', value: 's3cret-workspace' },
    { workspace: 'resourceId', value: undefined },
  ];

  test('is put back whole from the secrets', () => {
    const { document, changes, warnings } = planLaunch(live, { overrides: {}, mark }, secrets);

    const { properties } = document;
    expect(properties.containers[0]?.properties.environmentVariables).toEqual([
      { name: 'DB_PASSWORD', secureValue: 's3cret-env' },
      { name: 'EMPTY', value: '' },
      { name: 'VAULT', secureValueReference: 'r' },
      { name: 'RUN_ID', value: mark.runId },
      { name: 'RUN_ATTEMPT', value: '1' },
    ]);
    expect(properties['imageRegistryCredentials']).toEqual([
      { server: 'Example.azurecr.io', username: 'u', password: 's3cret-registry' },
      { server: 'by-identity.azurecr.io', identity: '/subscriptions/s' },
    ]);
    expect(properties['volumes']).toEqual([
      {
        name: 'data',
        azureFile: { shareName: 's', storageAccountName: 'a', storageAccountKey: 's3cret-volume' },
      },
      { name: 'certs', secret: { 'tls.pem': 's3cret-file' } },
      { name: 'scratch', emptyDir: {} },
    ]);
    expect(properties.diagnostics).toEqual({
      logAnalytics: { workspaceId: 'w', workspaceKey: 's3cret-workspace' },
    });
    expect(JSON.stringify({ changes, warnings })).not.toContain('s3cret');
    expect(warnings).toEqual([
      expect.stringContaining("Secret volume 'certs' is written back with 'tls.pem' alone"),
    ]);
  });

  test.each(secrets.map((secret) => [secret]))('is refused when %o alone is missing', (missing) => {
    const faults = faultsOf(SecretsRequired, () =>
      plan(live, {}, { secrets: secrets.filter((secret) => secret !== missing) }),
    );

    expect(faults).toHaveLength(1);
    expect(JSON.stringify(faults)).not.toContain('s3cret');
  });

  test('may come with the call, and the fault says how', () => {
    const bare = group({ main: [{ name: 'DB_PASSWORD' }] });

    expect(plan(bare, { secureEnv: { DB_PASSWORD: 'now' } }).variables('main')).toEqual([
      { name: 'DB_PASSWORD', secureValue: 'now' },
    ]);
    expect(plan(bare, { env: { DB_PASSWORD: null } }).variables('main')).toEqual([]);
    expect(faultsOf(SecretsRequired, () => plan(bare, {}))).toEqual([
      {
        code: 'SecretRequired',
        target: "containers['main'].environmentVariables['DB_PASSWORD']",
        message: expect.stringContaining(
          '{"container": "main", "env": "DB_PASSWORD", "from": "setting:NAME"}',
        ),
      },
    ]);
  });

  test('is never shown, neither as it was nor as it becomes', () => {
    const { changes } = plan(group({ main: [{ name: 'A' }, { name: 'B', value: 'plain' }] }), {
      env: { A: 'plain now' },
      secureEnv: { B: 's3cret' },
    });

    expect(changes).toEqual([
      {
        property: "containers['main'].environmentVariables['A']",
        action: 'set',
        before: '(secure)',
        after: 'plain now',
      },
      {
        property: "containers['main'].environmentVariables['B']",
        action: 'set',
        before: 'plain',
        after: '(secure)',
      },
    ]);
  });

  test('is put back over what an earlier launch left in its place', () => {
    const left = group({ main: [{ name: 'DB_PASSWORD', value: 'left behind' }] });

    expect(plan(left, {}, { secrets: secrets.slice(0, 1) }).variables('main')).toEqual([
      { name: 'DB_PASSWORD', secureValue: 's3cret-env' },
    ]);
  });
});

describe('what a launch cannot or should not do', () => {
  test('resources that the group was not created with need another group', () => {
    const other = { containers: { main: { resources: { requests: { cpu: 2 } } } } };
    const same = { containers: { main: { resources: { requests: { memoryInGB: 1.5 } } } } };

    expect(faultsOf(NeedsClone, () => plan(group({ main: [] }), other))).toEqual([
      expect.objectContaining({ code: 'NeedsClone', target: "containers['main'].resources" }),
    ]);
    expect(plan(group({ main: [] }), same).changes).toEqual([]);
  });

  test('command and image are replaced', () => {
    const { document, changes } = plan(group({ main: [] }), {
      containers: { main: { command: ['echo', '1'], image: 'other' } },
    });

    expect(document.properties.containers[0]?.properties).toMatchObject({
      command: ['echo', '1'],
      image: 'other',
    });
    expect(changes.map(({ property }) => property)).toEqual([
      "containers['main'].command",
      "containers['main'].image",
    ]);
  });

  test.each([['Always'], [undefined], [null]])('a restartPolicy of %s is warned about', (restartPolicy) => {
    expect(plan(group({ main: [] }, { restartPolicy }), {}).warnings).toEqual([
      expect.stringContaining('never ends'),
    ]);
  });

  test('a secret for which the group has no place is warned about', () => {
    const secrets: Secret[] = [
      { registry: 'other.azurecr.io', value: 'x' },
      { container: 'nobody', env: 'A', value: 'y' },
    ];

    expect(plan(group({ main: [] }), {}, { secrets }).warnings).toEqual([
      expect.stringContaining("imageRegistryCredentials['other.azurecr.io'].password"),
      expect.stringContaining("containers['nobody']"),
    ]);
  });

  test('containers that nobody marked but that run are warned about', () => {
    const running = group({ main: [] });
    Object.assign(running.properties.containers[0]?.properties ?? {}, {
      instanceView: { currentState: { state: 'Running' } },
    });

    expect(plan(running, {}).warnings).toEqual([expect.stringContaining('no run started')]);
  });
});

describe('what looks like one thing and is another', () => {
  test('a secret file may have any name', () => {
    const live = group({ main: [] }, { volumes: [{ name: 'certs', secret: {} }] });
    const { document } = planLaunch(live, { overrides: {}, mark }, [
      { volume: 'certs', key: 'constructor', value: 'x' },
    ]);

    expect(document.properties['volumes']).toEqual([{ name: 'certs', secret: { constructor: 'x' } }]);
  });

  test('an empty identity is none, so the password is asked for', () => {
    const live = group(
      { main: [] },
      { imageRegistryCredentials: [{ server: 'r', username: 'u', identity: '' }] },
    );

    expect(faultsOf(SecretsRequired, () => plan(live, {}))).toHaveLength(1);
  });

  test('on Windows a variable is the same in any case', () => {
    const live = group(
      {
        main: [
          { name: 'Path', value: 'a' },
          { name: 'Run_Id', value: 'b' },
        ],
      },
      { osType: 'Windows' },
    );
    const { document, changes } = planLaunch(live, { overrides: { env: { PATH: 'c' } }, mark }, []);

    expect(document.properties.containers[0]?.properties.environmentVariables).toEqual([
      { name: 'PATH', value: 'c' },
      { name: 'RUN_ID', value: mark.runId },
      { name: 'RUN_ATTEMPT', value: '1' },
    ]);
    expect(changes).toEqual([expect.objectContaining({ before: 'a', after: 'c' })]);
  });

  test('only the container whose resources change is named', () => {
    const live = group({ a: [], b: [] });
    Object.assign(live.properties.containers[0]?.properties ?? {}, { resources: null });
    const overrides = { containers: { a: { resources: { requests: { cpu: 1 } } } } };

    expect(faultsOf(NeedsClone, () => plan(live, overrides)).map(({ target }) => target)).toEqual([
      "containers['a'].resources",
    ]);
  });

  test('a secret for a variable that the group does not have is set, and said to be', () => {
    const { changes } = plan(
      group({ main: [] }),
      {},
      { secrets: [{ container: 'main', env: 'NEW', value: 'x' }] },
    );

    expect(changes).toEqual([
      { property: "containers['main'].environmentVariables['NEW']", action: 'set', after: '(secure)' },
    ]);
  });
});
