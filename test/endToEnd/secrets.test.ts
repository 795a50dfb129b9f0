import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../local/aci/emulator.ts';
import { noLimits } from '../../local/aci/limits.ts';
import { freshStorage } from '../storage.ts';
import { type App, post, startApp } from './app.ts';
import { ended } from './ended.ts';
import { atOnce, createGroup, groupPath, printEnv, resourceId, settled } from './groups.ts';

/** One of each kind of value that ARM never returns; every one of them holds the word canary. */
const values = {
  ENV_SECRET: 'canary-env',
  INIT_SECRET: 'canary-init',
  REGISTRY_SECRET: 'canary-registry',
  VOLUME_SECRET: 'canary-volume',
  FILE_SECRET: 'canary-file',
  WORKSPACE_SECRET: 'canary-workspace',
  WORKSPACE_ID: '/subscriptions/canary-workspace-id',
};

const properties = {
  initContainers: [
    {
      name: 'init',
      properties: {
        image: 'image',
        command: ['node', '-e', ''],
        environmentVariables: [{ name: 'INIT_TOKEN', secureValue: values.INIT_SECRET }],
      },
    },
  ],
  imageRegistryCredentials: [
    { server: 'example.azurecr.io', username: 'u', password: values.REGISTRY_SECRET },
  ],
  volumes: [
    {
      name: 'files',
      azureFile: { shareName: 's', storageAccountName: 'a', storageAccountKey: values.VOLUME_SECRET },
    },
    { name: 'certs', secret: { 'tls.pem': values.FILE_SECRET } },
  ],
  diagnostics: {
    logAnalytics: {
      workspaceId: 'w',
      workspaceKey: values.WORKSPACE_SECRET,
      workspaceResourceId: values.WORKSPACE_ID,
    },
  },
};

const secrets = [
  { container: 'main', env: 'TOKEN', from: 'setting:ENV_SECRET' },
  { container: 'init', env: 'INIT_TOKEN', from: 'setting:INIT_SECRET' },
  { registry: 'example.azurecr.io', from: 'setting:REGISTRY_SECRET' },
  { volume: 'files', from: 'setting:VOLUME_SECRET' },
  { volume: 'certs', key: 'tls.pem', from: 'setting:FILE_SECRET' },
  { workspace: 'key', from: 'setting:WORKSPACE_SECRET' },
  { workspace: 'resourceId', from: 'setting:WORKSPACE_ID' },
];

const asked = [
  "containers['init'].environmentVariables['INIT_TOKEN']",
  "containers['main'].environmentVariables['TOKEN']",
  'diagnostics.logAnalytics.workspaceKey',
  'diagnostics.logAnalytics.workspaceResourceId',
  "imageRegistryCredentials['example.azurecr.io'].password",
  "volumes['certs'].secret['<file name>']",
  "volumes['files'].azureFile.storageAccountKey",
];

const storage = freshStorage();
let emulator: Emulator;
let app: App;
const answers: string[] = [];

/** POSTs and keeps the answer, so that it can be searched for what must not be in it. */
async function send(url: string, body: unknown): Promise<{ status: number; body: Record<string, never> }> {
  const answer = await post(`${app.url}${url}`, body);
  const text = await answer.text();
  answers.push(text, JSON.stringify([...answer.headers]));
  return { status: answer.status, body: JSON.parse(text) };
}

const puts = () => emulator.requests.filter(({ method }) => method === 'PUT').length;

beforeAll(async () => {
  emulator = await startEmulator({ timings: atOnce, limits: noLimits });
  await createGroup(
    emulator,
    'guarded',
    { command: printEnv, environmentVariables: [{ name: 'TOKEN', secureValue: values.ENV_SECRET }] },
    properties,
  );
  app = await startApp({
    arm: emulator,
    settings: { ...values, AzureWebJobsStorage: storage },
    jobs: {
      supplied: { containerGroup: resourceId('guarded'), secrets, allow: ['env', 'secureEnv'] },
      forgetful: { containerGroup: resourceId('guarded'), secrets: secrets.slice(3) },
    },
  });
});

afterAll(async () => {
  await app?.close();
  await emulator?.close();
});

test('without the secrets a launch is 422 that names every one, and nothing is written', async () => {
  const before = puts();

  const { status, body } = await send(`${groupPath('guarded')}/runs`, {});

  expect(status).toBe(422);
  expect(body).toMatchObject({ error: { code: 'SecretsRequired' } });
  const { error } = body as unknown as { error: { details: { target: string }[] } };
  expect(error.details.map(({ target }) => target).sort()).toEqual(asked);
  expect(puts()).toBe(before);
});

test('a job that supplies some is told of the others alone', async () => {
  const { status, body } = await send('/api/jobs/forgetful/runs', {});

  const { error } = body as unknown as { error: { details: { target: string }[] } };
  expect([status, error.details.map(({ target }) => target).sort()]).toEqual([
    422,
    [asked[0], asked[1], asked[4]],
  ]);
});

test('with them the group is written whole: Azure takes it, and the container has its secret', {
  timeout: 60_000,
}, async () => {
  await send('/api/jobs/supplied/runs', { secureEnv: { ONCE: 'canary-once' }, dryRun: true });
  const { status, body } = await send('/api/jobs/supplied/runs', { secureEnv: { ONCE: 'canary-once' } });
  expect([status, body]).toEqual([
    202,
    expect.objectContaining({ warnings: [expect.stringContaining("Secret volume 'certs'")] }),
  ]);
  const { links } = body as unknown as { links: { self: string; logs: string } };

  const group = await settled(emulator, 'guarded');
  const last = JSON.stringify(await ended(links.self));
  expect(last).toContain('"Succeeded"');
  const logs = await (await fetch(links.logs)).text();
  const shown = await (await fetch(`${app.url}${groupPath('guarded')}`)).text();
  answers.push(last, shown, JSON.stringify(group));

  expect(logs.split('\n')).toEqual(
    expect.arrayContaining([`TOKEN=${values.ENV_SECRET}`, 'ONCE=canary-once']),
  );
});

test('no secret is in any answer, nor in anything that the host printed', async () => {
  await send('/api/jobs/supplied/runs', { secureEnv: { ONCE: 7, '1X': 'canary-name' } });
  await send('/api/jobs/supplied/runs', { env: { TOKEN: { deep: 'x' } }, containers: { main: { env: {} } } });
  const malformed = await fetch(`${app.url}/api/jobs/supplied/runs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"secureEnv": {"A": "canary-malformed" oops}}',
  });
  answers.push(await malformed.text());

  expect(answers.length).toBeGreaterThan(10);
  expect(answers.filter((answer) => answer.includes('canary'))).toEqual([]);
  expect(app.output()).not.toContain('canary');
  expect(app.output()).toContain('/api/jobs/supplied/runs');
});

test('no secret is in clear in any row or message of the storage', async () => {
  const { status } = await send(`${groupPath('guarded')}/runs`, {
    mode: 'clone',
    secureEnv: { ONCE: 'canary-once', TOKEN: 'x' },
    dryRun: true,
  });
  expect(status).toBe(422);
  // One that waits holds its secrets until its turn comes.
  emulator.faults.add({ action: 'error', code: 'ContainerGroupTransitioning', times: 'always' });
  expect((await send('/api/jobs/supplied/runs', { secureEnv: { ONCE: 'canary-once' } })).status).toBe(202);
  const rows: unknown[] = [];
  const table = TableClient.fromConnectionString(storage, 'runs', { allowInsecureConnection: true });
  for await (const row of table.listEntities()) {
    // What the container itself prints is kept as it is, and this one prints its whole environment.
    if (!row.rowKey?.startsWith('log-')) {
      rows.push(row);
    }
  }
  const queue = QueueServiceClient.fromConnectionString(storage).getQueueClient('aci-runs');
  const { peekedMessageItems } = await queue.peekMessages({ numberOfMessages: 32 });
  const stored = [
    JSON.stringify(rows),
    ...peekedMessageItems.map(({ messageText }) => Buffer.from(messageText, 'base64').toString()),
  ].join();

  expect(rows.length).toBeGreaterThan(4);
  expect(stored).toContain('"secrets":"v1.'.replaceAll('"', '\\"'));
  expect(stored).not.toContain('canary');
});
