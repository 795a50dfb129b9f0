import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from '../../local/children.ts';
import { until } from '../until.ts';

function script(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'children-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'child.ts'), text);
  return join(folder, 'child.ts');
}

const stayUp = `process.on('disconnect', () => process.exit(0));`;

test('a child is handed over once it is ready, with its words and its environment', async () => {
  const lines: string[] = [];
  const child = await startChild<{ args: string[]; mine: string }>({
    script: script(`console.log('out'); console.error('err'); process.send({ other: 1 });
      process.send({ ready: { args: process.argv.slice(2), mine: process.env.MINE } }); ${stayUp}`),
    args: ['a b', '--c'],
    env: { MINE: 'yes' },
    onLine: (line, stream) => lines.push(`${stream}: ${line}`),
  });
  expect(child.ready).toEqual({ args: ['a b', '--c'], mine: 'yes' });
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  expect(lines.toSorted()).toEqual(['stderr: err', 'stdout: out']);
});

test('a child that exits first fails with the end of what it said', async () => {
  const starting = startChild({
    script: script(`for (let i = 0; i < 100; i++) console.error('line ' + i); process.exitCode = 3;`),
  });
  const error: Error = await starting.then(
    () => expect.fail(),
    (reason) => reason,
  );
  expect(error.message).toMatch(
    /child\.ts exited before it was ready \(code 3\)\.\nline 60\n[\s\S]*\nline 99$/,
  );
});

test('a child that is not ready in time fails, and is gone', async () => {
  let pid = 0;
  await expect(
    startChild({
      script: script(`console.log(process.pid); ${stayUp}`),
      readyWithinMilliseconds: 3000,
      onLine: (line) => {
        pid = Number(line);
      },
    }),
  ).rejects.toThrow('was not ready within 3000 ms');
  expect(pid).toBeGreaterThan(0);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a child that ignores SIGTERM is killed after its grace', async () => {
  const child = await startChild({
    script: script(`process.on('SIGTERM', () => {}); process.send({ ready: 1 }); ${stayUp}`),
    stopWithinMilliseconds: 50,
  });
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGKILL' });
});

test('to stop a child that is gone already is no error', async () => {
  const child = await startChild({ script: script(`process.send({ ready: 1 }, () => process.exit(5));`) });
  expect(await child.exited).toEqual({ code: 5, signal: null });
  expect(await child.stop()).toEqual({ code: 5, signal: null });
});

test('a script that does not exist says so', async () => {
  await expect(startChild({ script: join(tmpdir(), 'no-such-script.ts') })).rejects.toThrow(
    'Cannot find module',
  );
});

test('a child that cannot be spawned at all says so', async () => {
  const starting = startChild({ script: script(stayUp), cwd: join(tmpdir(), 'no-such-folder') });
  await expect(starting).rejects.toThrow('ENOENT');
});

test('a process that a child left behind does not keep it from being gone', async () => {
  const child = await startChild<number>({
    script: script(`import { spawn } from 'node:child_process';
      const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      process.send({ ready: left.pid }); ${stayUp}`),
  });
  onTestFinished(() => void process.kill(child.ready, 'SIGKILL'));
  expect(await child.stop()).toEqual({ code: null, signal: 'SIGTERM' });
});

test('a child does not outlive its parent, even one that was killed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const grandchild = script(
    `require('node:net').connect(${port}, '127.0.0.1', () => process.send({ ready: 1 })); ${stayUp}`,
  );
  const children = join(import.meta.dirname, '../../local/children.ts');
  const parent = await startChild({
    script: script(`import { startChild } from ${JSON.stringify(children)};
      await startChild({ script: ${JSON.stringify(grandchild)} }); process.send({ ready: 1 });`),
  });
  const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
  expect(await connections()).toBe(1);
  process.kill(parent.pid, 'SIGKILL');
  await parent.exited;
  // The grandchild's end of this connection closes when it exits, and not before.
  await until(async () => (await connections()) === 0);
});
