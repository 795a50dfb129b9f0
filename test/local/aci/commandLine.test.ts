import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine, usage } from '../../../local/aci/cli.ts';
import { noLimits } from '../../../local/aci/limits.ts';

const main = join(import.meta.dirname, '../../../local/aci/main.ts');

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function run(...args: string[]) {
  const child = start(...args);
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk) => {
      written[name] += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, ...written };
}

test('every option is read', () => {
  expect(readCommandLine([])).toEqual({ options: { port: 0, https: false, strict: false } });
  expect(readCommandLine(['--port', '8787', '--https', '--strict', '--page-size=2', '--no-limits'])).toEqual({
    options: { port: 8787, https: true, strict: true, pageSize: 2, limits: noLimits },
  });
  for (const option of usage.match(/--[a-z-]+/g) ?? []) {
    expect(readCommandLine([option, ...(/port|page/.test(option) ? ['1'] : [])])).not.toHaveProperty(
      'problem',
    );
  }
});

test.each([
  [['--prot', '1'], '--prot'],
  [['--port'], '--port'],
  [['--port', 'x'], "'x'"],
  [['--port', '65536'], "'65536'"],
  [['--port=-1'], "'-1'"],
  [['--page-size', '0'], "'0'"],
  [['--strict=yes'], '--strict'],
  [['8787'], '8787'],
])('%j is refused', (args, word) => {
  expect(readCommandLine(args)).toEqual({ problem: expect.stringContaining(word) });
});

test('--help says what there is, and ends with 0', async () => {
  expect(await run('--help')).toEqual({ code: 0, stdout: `${usage}\n`, stderr: '' });
});

test('an unknown option ends with 2, and says what there is', async () => {
  const { code, stdout, stderr } = await run('--prot', '1');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^Unknown option '--prot'\.\n\n/);
  expect(stderr).toContain(usage);
});

test('a port that is taken ends with 1, and says what to do', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  expect(await run('--port', String(port))).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} is taken. Give another with --port N, or leave --port out for a free one.\n`,
  });
});

test('it prints where it is, and over https which certificate to trust, whose file goes with it', async () => {
  const child = start('--https');
  const settings = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const [name = '', ...value] = line.split('=');
    settings.set(name, value.join('='));
    if (settings.size === 4) {
      break;
    }
  }
  expect([...settings.keys()]).toEqual([
    'ARM_ENDPOINT',
    'IDENTITY_ENDPOINT',
    'IDENTITY_HEADER',
    'NODE_EXTRA_CA_CERTS',
  ]);
  const file = settings.get('NODE_EXTRA_CA_CERTS') ?? '';
  const url = `${settings.get('IDENTITY_ENDPOINT')}?api-version=2019-08-01&resource=https://management.azure.com`;
  const headers = { 'X-IDENTITY-HEADER': settings.get('IDENTITY_HEADER') };
  const [answer] = await once(get(url, { ca: readFileSync(file), headers }), 'response');
  expect(answer.statusCode).toBe(200);
  answer.destroy();
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(existsSync(file)).toBe(false);
});
