import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../../local/children.ts';
import { bareEnvironment } from '../bareEnvironment.ts';
import { freshStorage } from '../storage.ts';

export type App = {
  /** The app's own origin. */
  url: string;
  /** Everything that the host has printed so far. */
  output: () => string;
  /** The keys that the host made, with `enableAuth`. */
  keys: { master: string; host: string; functions: Record<string, string> } | undefined;
  close(): Promise<void>;
};

export type AppOptions = {
  arm: { armEndpoint: string; identityEndpoint: string; identityHeader: string };
  /** The `jobs` of its jobs file. */
  jobs?: Record<string, unknown>;
  settings?: Record<string, string>;
  enableAuth?: boolean;
};

/** Serves the app as it ships, in a process of its own, from the Functions host that stands in for `func`. */
export async function startApp({
  arm,
  jobs = {},
  settings = {},
  enableAuth = false,
}: AppOptions): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), 'aci-job-launcher-'));
  const jobsFile = join(folder, 'jobs.json');
  await writeFile(jobsFile, JSON.stringify({ jobs }));
  const lines: string[] = [];
  try {
    const host: Child<{ url: string; keys?: App['keys'] }> = await startChild({
      script: join(import.meta.dirname, '../../local/host.ts'),
      args: ['--port', '0', ...(enableAuth ? ['--enable-auth'] : [])],
      env: {
        ...bareEnvironment(),
        ARM_ENDPOINT: arm.armEndpoint,
        IDENTITY_ENDPOINT: arm.identityEndpoint,
        IDENTITY_HEADER: arm.identityHeader,
        JOBS_FILE: jobsFile,
        AzureWebJobsStorage: freshStorage(),
        LAUNCHER_SECRET: 'a-launcher-secret-of-the-tests-0123456789',
        ...settings,
      },
      onLine: (line) => lines.push(line),
    });
    return {
      url: host.ready.url,
      output: () => lines.join('\n'),
      keys: host.ready.keys,
      async close() {
        await host.stop();
        await rm(folder, { recursive: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true });
    throw error;
  }
}

/** POSTs JSON. */
export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
