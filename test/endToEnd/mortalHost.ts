import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from '../../local/children.ts';
import { bareEnvironment } from '../bareEnvironment.ts';

export type MortalHost = {
  /** Where the app is served; undefined while it is dead. */
  url: () => string | undefined;
  /** The keys of its functions, made anew at every start; none without `enableAuth`. */
  keys: () => Record<string, string>;
  /** The key of all of them. */
  masterKey: () => string;
  /** Everything that all of its lives have printed. */
  output: () => string;
  start: () => Promise<void>;
  /** SIGKILL: whatever it was about to do, it does not. Settles when it is gone. */
  kill: () => Promise<void>;
  close: () => Promise<void>;
};

/** The app in a process that can be killed and started again, over and over, with the same settings and `jobs` of its jobs file. */
export async function createMortalHost(
  settings: Record<string, string>,
  { jobs = {}, enableAuth = false }: { jobs?: Record<string, unknown>; enableAuth?: boolean } = {},
): Promise<MortalHost> {
  const folder = await mkdtemp(join(tmpdir(), 'aci-job-launcher-'));
  await writeFile(join(folder, 'jobs.json'), JSON.stringify({ jobs }));
  const env = bareEnvironment(settings);
  const lines: string[] = [];
  let host: Child<{ url: string; keys?: { master: string; functions: Record<string, string> } }> | undefined;
  return {
    url: () => host?.ready.url,
    keys: () => host?.ready.keys?.functions ?? {},
    masterKey: () => host?.ready.keys?.master ?? '',
    output: () => lines.join('\n'),
    async start() {
      host = await startChild({
        script: join(import.meta.dirname, '../../local/host.ts'),
        args: ['--port', '0', ...(enableAuth ? ['--enable-auth'] : [])],
        env: { ...env, JOBS_FILE: join(folder, 'jobs.json') },
        onLine: (line) => lines.push(line),
      });
    },
    async kill() {
      const dying = host;
      host = undefined;
      if (dying) {
        process.kill(dying.pid, 'SIGKILL');
        await dying.exited;
      }
    },
    async close() {
      await host?.stop();
      await rm(folder, { recursive: true });
    },
  };
}
