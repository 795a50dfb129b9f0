import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProject, streaming, writeProject } from './project.ts';

test('SIGTERM lets the calls that run come to their end, takes no more, and exits with 0', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('slow', { handler: async (request, context) => {
        context.log('begun'); await new Promise((resolve) => process.once('SIGTERM', resolve)); return { body: 'done' }; } });`,
  });
  const response = fetch(`${host.url}/api/slow`);
  await host.line('begun');
  const exit = host.stop();
  expect(await (await response).text()).toBe('done');
  expect(await exit).toEqual({ code: 0, signal: null });
  await expect(fetch(`${host.url}/api/slow`)).rejects.toThrow();
});

test('it goes when its parent goes, even with a call that never ends', async () => {
  const folder = writeProject({
    'dist/main.cjs': `${streaming} app.http('never', { handler: (request) => new Promise(() => { process.send('begun'); }) });`,
  });
  const child = fork(join(folder, 'local/host.ts'), ['--port', '0'], { execArgv: [], silent: true });
  const [{ ready }] = await once(child, 'message');
  const call = fetch(`${ready.url}/api/never`).catch(() => 'cut');
  await once(child, 'message');
  const exited = once(child, 'exit');
  child.disconnect();
  expect(await exited).toEqual([0, null]);
  expect(await call).toBe('cut');
});
