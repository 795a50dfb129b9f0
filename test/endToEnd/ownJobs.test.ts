import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sampleId } from '../../local/sample/containerGroup.ts';
import { githubPush } from '../hooks/samples.ts';
import { signedSenders } from '../hooks/senders.ts';
import { patiently } from '../until.ts';
import { ended } from './ended.ts';

const start = join(import.meta.dirname, '../../local/start.ts');
const [github] = signedSenders as [(typeof signedSenders)[number]];
const [secret] = github.secrets;

let folder: string;
let end: (() => Promise<number | null>) | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-jobs-'));
});
afterEach(async () => {
  await end?.();
  await rm(folder, { recursive: true });
});

/** Starts what `npm start` starts, with a jobs file of one's own. */
async function startWith(jobs: object, settings: Record<string, string>, ...options: string[]) {
  const file = join(folder, 'my.jobs.json');
  await writeFile(file, JSON.stringify({ jobs }));
  const child = spawn(process.execPath, [start, '--port', '0', '--jobs', file, ...options], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve));
  end = () => {
    child.kill('SIGINT');
    return exited;
  };
  return { file, output: () => output, exited, end };
}

const pushed = {
  containerGroup: sampleId,
  hook: { preset: 'github', secret: 'setting:MY_GITHUB_SECRET' },
  map: [{ name: 'NAME', from: '/after', required: true }],
  when: [{ from: '/ref', equals: 'refs/heads/main' }],
  secrets: [
    { container: 'main', env: 'API_TOKEN', from: 'setting:MY_API_TOKEN' },
    { registry: 'example.azurecr.io', from: 'setting:MY_REGISTRY_PASSWORD' },
  ],
};
const settings = {
  MY_GITHUB_SECRET: secret,
  MY_API_TOKEN: 'my-own-token',
  MY_REGISTRY_PASSWORD: 'my-own-password',
};

describe('npm start with jobs of one’s own', { timeout: 90_000 }, () => {
  test('runs a container that prints the commit of a signed push', async () => {
    const { output, file, end } = await startWith({ pushed }, settings);
    const url = await patiently(60, () => /^The app +(\S+)$/m.exec(output())?.[1]);
    const body = JSON.stringify(githubPush.body);
    const delivery = { id: 'one', timestamp: '', body };
    const headers = { ...githubPush.headers, 'content-type': 'application/json' };
    const deliver = (by: string) =>
      fetch(`${url}/hooks/pushed`, {
        method: 'POST',
        headers: { ...headers, ...github.headers([github.signature(by, delivery)], delivery) },
        body,
      });
    const refused = await deliver(github.secrets[1]);
    const answer = await deliver(secret);
    const { links } = (await answer.json()) as { links: { self: string; logs: string } };

    expect(output()).toContain(`The jobs of ${file} are at ${url}/jobs.`);
    expect([refused.status, answer.status]).toEqual([401, 202]);
    expect((await ended(links.self)).status).toBe('Succeeded');
    expect(await (await fetch(links.logs)).text()).toContain(`Hello, ${githubPush.body.after}!`);
    expect(output()).not.toContain(secret);
    expect(await end()).toBe(130);
  });

  test('names every fault of the file, and ends', async () => {
    const { MY_API_TOKEN: _, ...others } = settings;
    const wrong = { ...pushed, map: [{ name: 'NAME', from: 'after' }] };
    const { output, exited } = await startWith({ pushed: wrong }, others);

    expect(await exited).toBe(1);
    for (const pointer of ['/secrets/0/from', '/map/0/from']) {
      expect(output()).toContain(`#/jobs/pushed${pointer}: `);
    }
  });

  test('leaves the host to others, and tells them of the file', async () => {
    const { output, file, end } = await startWith({ pushed }, settings, '--no-host');
    await patiently(60, () => output().includes('func start'));

    expect(await end()).toBe(130);
    expect(output()).toContain(`export JOBS_FILE='${file}'`);
  });
});
