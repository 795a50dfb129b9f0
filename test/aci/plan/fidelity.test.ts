import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createArmCalls } from '../../../src/aci/armCall.ts';
import { armContainerGroups } from '../../../src/aci/armContainerGroups.ts';
import type { ContainerGroupDocument, EnvironmentVariable } from '../../../src/aci/document.ts';
import { SecretsRequired } from '../../../src/aci/errors.ts';
import { planLaunch } from '../../../src/aci/plan/planLaunch.ts';
import type { Secret } from '../../../src/aci/plan/secrets.ts';
import { fullContainerGroup } from '../fullContainerGroup.ts';

const mark = { runId: '019a0000-0000-7000-8000-000000000000', attempt: 1 };
const markVariables = [
  { name: 'RUN_ID', value: mark.runId },
  { name: 'RUN_ATTEMPT', value: '1' },
];
const workspaceSecrets: Secret[] = [
  { workspace: 'key', value: 'the key' },
  { workspace: 'resourceId', value: '/subscriptions/s/resourceGroups/r' },
];

/** A group as GET answers it, and what of it a PUT may hold. */
const answered = () => fullContainerGroup(({ writeOnly }) => writeOnly === '');
const writable = () => fullContainerGroup(({ readOnly, writeOnly }) => readOnly === '' && writeOnly === '');

/** What a launch is to make of the writable group: the mark in every container, and the workspace's secrets. */
function marked(document: ContainerGroupDocument): ContainerGroupDocument {
  for (const { properties } of [
    ...document.properties.containers,
    ...(document.properties.initContainers ?? []),
  ]) {
    (properties.environmentVariables as EnvironmentVariable[]).push(...markVariables);
  }
  Object.assign(document.properties.diagnostics?.logAnalytics ?? {}, {
    workspaceKey: 'the key',
    workspaceResourceId: '/subscriptions/s/resourceGroups/r',
  });
  return document;
}

describe('a group with every property of ACI, and with members that nobody has heard of', () => {
  test('is written back with nothing changed but the mark and the secrets', () => {
    const live = answered();

    const { document } = planLaunch(live, { overrides: {}, mark }, workspaceSecrets);

    expect(document).toStrictEqual(marked(writable()));
    expect(live).toEqual(answered());
  });

  test('is changed only where the launch asks', () => {
    const overrides = {
      containers: {
        containers_1: { env: { some_new: [1, 'two'] }, secureEnv: { KEY: 's' }, image: 'other' },
      },
    };

    const { document } = planLaunch(answered(), { overrides, mark }, workspaceSecrets);

    const expected = marked(writable());
    const { properties } = expected.properties.containers[1] ?? expected;
    Object.assign(properties, { image: 'other' });
    const variables = properties['environmentVariables'] as EnvironmentVariable[];
    variables.splice(-2, 0, { name: 'some_new', value: '[1,"two"]' }, { name: 'KEY', secureValue: 's' });
    expect(document).toStrictEqual(expected);
  });

  test('asks for every value that Azure never returns when nothing stands in its place', () => {
    const references = [
      'passwordReference',
      'identity',
      'storageAccountKeyReference',
      'userAssignedIdentityClientId',
    ];
    const live = fullContainerGroup(
      ({ path, writeOnly }) =>
        writeOnly === '' &&
        !(references.includes(path.split('.').at(-1) ?? '') && /Credentials|azureFile/.test(path)) &&
        !/environmentVariables\[\]\.(?:value|secureValueReference)$/.test(path),
    );
    for (const volume of (live.properties['volumes'] ?? []) as { secret: unknown }[]) {
      volume.secret = {};
    }

    const error = thrownBy(() => planLaunch(live, { overrides: {}, mark }, []));

    expect(error).toBeInstanceOf(SecretsRequired);
    const variables = ['initContainers_0', 'initContainers_1', 'containers_0', 'containers_1'].flatMap(
      (container) => [
        `containers['${container}'].environmentVariables['environmentVariables_0']`,
        `containers['${container}'].environmentVariables['environmentVariables_1']`,
      ],
    );
    expect((error as SecretsRequired).faults.map(({ target }) => target).sort()).toEqual(
      [
        ...variables,
        'diagnostics.logAnalytics.workspaceKey',
        'diagnostics.logAnalytics.workspaceResourceId',
        "imageRegistryCredentials['imageRegistryCredentials_0'].password",
        "imageRegistryCredentials['imageRegistryCredentials_1'].password",
        "volumes['volumes_0'].azureFile.storageAccountKey",
        "volumes['volumes_0'].secret['<file name>']",
        "volumes['volumes_1'].azureFile.storageAccountKey",
        "volumes['volumes_1'].secret['<file name>']",
      ].sort(),
    );
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}

describe('over the wire', () => {
  let answer = '';
  let written = '';
  const arm = createServer(async (request, response) => {
    written = '';
    for await (const chunk of request) {
      written += chunk;
    }
    response.setHeader('content-type', 'application/json');
    response.end(
      request.url?.startsWith('/token')
        ? JSON.stringify({ access_token: 't', expires_on: '9999999999' })
        : answer,
    );
  });

  beforeEach(async () => {
    await new Promise<void>((resolve) => arm.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('IDENTITY_ENDPOINT', `http://127.0.0.1:${(arm.address() as AddressInfo).port}/token`);
    vi.stubEnv('IDENTITY_HEADER', 'header');
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    arm.closeAllConnections();
    await new Promise((resolve) => arm.close(resolve));
  });

  test('what the client reads, it writes back to the last digit', async () => {
    const endpoint = `http://localhost:${(arm.address() as AddressInfo).port}`;
    const groups = armContainerGroups(
      createArmCalls({
        endpoint,
        credential: 'managed-identity',
        clientId: undefined,
        userAgent: 'test',
        traceHeaders: () => ({}),
        deadlineMs: 10_000,
        now: Date.now,
      }).as(),
    );
    const id = { subscriptionId: '00000000-0000-0000-0000-000000000000', resourceGroup: 'jobs', name: 'all' };
    answer = JSON.stringify({ ...answered(), futureBig: 0 }).replace(
      '"futureBig":0',
      '"futureBig":9223372036854775807',
    );

    const { document } = planLaunch(await groups.get(id), { overrides: {}, mark }, workspaceSecrets);
    await groups.createOrUpdate(id, document);

    expect(written).toContain('"futureBig":9223372036854775807');
    const { futureBig: _, ...rest } = JSON.parse(written);
    expect(rest).toStrictEqual(marked(writable()));
  });
});
