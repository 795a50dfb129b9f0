import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startHost } from '../../local/functions-host/startHost.ts';
import { freshStorage } from '../storage.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
const staging = () => join(folder, 'staging');

/** Runs the script over a copy of what it reads. */
const stage = () => promisify(execFile)(process.execPath, [join(folder, 'scripts/stage.ts')]);
const staged = () => readdirSync(staging(), { recursive: true }).map(String).sort();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stage-'));
  mkdirSync(join(folder, 'scripts'));
  for (const path of ['dist', 'host.json', 'package.json', 'scripts/stage.ts']) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
});
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => rmSync(folder, { recursive: true }));

test('what is deployed is what ships, and nothing else, however often it is made', async () => {
  await stage();
  writeFileSync(join(staging(), 'left-behind.txt'), '');
  await stage();

  expect(staged()).toEqual([
    'dist',
    'dist/ajv.cjs',
    'dist/azure.cjs',
    'dist/callbacks.cjs',
    'dist/console',
    expect.stringMatching(/^dist\/console\/app-[0-9a-f]{12}\.js\.gz$/),
    expect.stringMatching(/^dist\/console\/console-[0-9a-f]{12}\.css\.gz$/),
    expect.stringMatching(/^dist\/console\/icon-[0-9a-f]{12}\.svg\.gz$/),
    'dist/console/index.html.gz',
    'dist/create.cjs',
    'dist/createRequest.schema.cjs',
    'dist/handlers.cjs',
    'dist/hooks.cjs',
    'dist/jobs-file.cjs',
    'dist/main.cjs',
    'dist/open.cjs',
    'dist/openapi.cjs',
    'dist/storage.cjs',
    'dist/workload-identity.cjs',
    'host.json',
    'package.json',
  ]);
  expect(JSON.parse(readFileSync(join(staging(), 'package.json'), 'utf8'))).toEqual({
    name: 'aci-job-launcher',
    version: expect.any(String),
    private: true,
    main: 'dist/main.cjs',
    engines: { node: '>=24' },
  });
});

test('jobs.json comes along where there is one', async () => {
  writeFileSync(join(folder, 'jobs.json'), '{"jobs":{}}');
  await stage();

  expect(staged()).toContain('jobs.json');
});

test('it runs by itself, with no package beside it', async () => {
  await stage();
  vi.stubEnv('AzureWebJobsStorage', freshStorage());
  vi.stubEnv('ARM_ENDPOINT', 'http://localhost:1');
  const host = await startHost({ appDirectory: staging(), port: 0, log: () => undefined });
  try {
    const health = await fetch(`${host.url}/api/health`);

    expect(await health.json()).toMatchObject({ dependencies: { storage: { status: 'Healthy' } } });
    expect((await fetch(`${host.url}/api/console`)).status).toBe(200);
  } finally {
    await host.close();
  }
});
