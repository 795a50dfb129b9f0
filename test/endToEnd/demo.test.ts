import { execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { patiently } from '../until.ts';

const demo = join(import.meta.dirname, '../../local/demo.ts');

/** The processes that hold a word in their environment, as all do that the demo starts with it; Linux alone tells. */
async function processesWith(word: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(word)) {
      found.push(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => pid));
    }
  }
  return found;
}

test('npm run demo does the main job, shows it, and leaves nothing running', {
  timeout: 120_000,
}, async () => {
  const marker = `Grace-${process.pid}`;
  const env = { ...process.env, MARKER: marker };
  const { stdout } = await promisify(execFile)(process.execPath, [demo, marker], { env });

  for (const shown of [
    `{"env":{"NAME":"${marker}"}}`,
    '202 Accepted',
    '2 ARM calls (GET, PUT)',
    'NotStarted Launching',
    'Succeeded  Completed',
    'exit code 0',
    `| Hello, ${marker}!`,
    'API_TOKEN has 16 characters',
    `['NAME'].value: "nobody" → "${marker}"`,
    '"mode":"clone","tasks":5,"parallelism":2,"ttlSeconds":0}',
    '0 of 5 done, 2 running',
    '5 of 5 done: Succeeded',
    ...[0, 1, 2, 3, 4].map((index) => `task ${index}: exit code 0  | This is task ${index} of 5.`),
    'The 5 copies are deleted. Of the group itself 0 of ',
    'Everything is stopped.',
  ]) {
    expect(stdout).toContain(shown);
  }
  expect(await processesWith(marker)).toEqual([]);
});

test.each([['POST http'], ['Starting'], ['0 of 5 done, 2 running']])(
  'Ctrl-C after "%s" ends all of it, without a word',
  { timeout: 120_000 },
  async (moment) => {
    const marker = `interrupted-${process.pid}-${moment.length}`;
    const env = { ...process.env, MARKER: marker };
    const child = spawn(process.execPath, [demo, marker], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    const exited = new Promise((resolve) => child.once('close', resolve));
    await patiently(60, () => output.includes(moment));
    child.kill('SIGINT');

    expect(await exited).toBe(130);
    expect(errors).toBe('');
    expect(await processesWith(marker)).toEqual([]);
  },
);
