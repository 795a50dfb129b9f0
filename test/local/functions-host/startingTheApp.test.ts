import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startChild } from '../../../local/children.ts';
import { head, startProject, streaming, writeProject } from './project.ts';

const hello = `${streaming} app.http('hello', { handler: async () => ({ body: 'hello' }) });`;

/** How the host ends that cannot start: its exit code and all that it printed. */
async function failure(files: Record<string, string>, args = ['--port', '0']) {
  const lines: string[] = [];
  const script = join(writeProject(files), 'local/host.ts');
  const started = startChild({ script, args, onLine: (line) => lines.push(line) });
  const message = await started.then(
    () => 'started',
    (error: Error) => error.message,
  );
  return { code: Number(/\(code (\d+)\)/.exec(message)?.[1]), text: lines.join('\n') };
}

test('it prints its functions as func start does, and then where it listens', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      app.http('zeta', { methods: ['POST', 'OPTIONS'], route: 'z/{id:int}', handler: async () => ({}) });
      app.http('Alpha', { handler: async () => ({}) });`,
  });
  expect(host.lines.filter((line) => line !== '')).toEqual([
    'Functions:',
    `        Alpha: [GET,POST] ${host.url}/api/Alpha`,
    `        zeta: [POST,OPTIONS] ${host.url}/api/z/{id:int}`,
    `Host listening on ${host.url}`,
  ]);
});

test('the prefix of host.json is the prefix of every route', async () => {
  const files = { 'dist/main.cjs': hello, 'host.json': '{"extensions":{"http":{"routePrefix":"/v1/x/"}}}' };
  const { url } = await startProject(files);
  expect((await fetch(`${url}/v1/x/hello`)).status).toBe(200);
  expect((await fetch(`${url}/api/hello`)).status).toBe(404);
});

test('the Values of local.settings.json are in the environment, unless it has them already', async () => {
  const files = {
    'dist/main.cjs': `${streaming}
      const seen = { ...process.env };
      app.http('env', { handler: async () => ({ jsonBody: seen }) });`,
    'local.settings.json': '\uFEFF{"IsEncrypted":false,"Values":{"MINE":"file","OTHER":"file","NUMBER":7}}',
  };
  const { url } = await startProject(files, { env: { OTHER: 'shell' } });
  expect(await (await fetch(`${url}/api/env`)).json()).toMatchObject({
    MINE: 'file',
    OTHER: 'shell',
    NUMBER: '7',
    WEBSITE_HOSTNAME: new URL(url).host,
    AZURE_FUNCTIONS_ENVIRONMENT: 'Development',
  });
});

test('main is a glob over required and imported entry points', async () => {
  const { url } = await startProject({
    'package.json': '{"type":"module","main":"dist/functions/*.{js,cjs}"}',
    'dist/functions/one.cjs': `${head} app.http('one', { handler: async () => ({ body: '1' }) });`,
    'dist/functions/two.js': `import { app } from '@azure/functions';
      await null; app.http('two', { handler: async () => ({ body: '2' }) });`,
  });
  expect(await (await fetch(`${url}/api/one`)).text()).toBe('1');
  expect(await (await fetch(`${url}/api/two`)).text()).toBe('2');
});

test('hooks of the app are run', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming}
      let started = false;
      app.hook.appStart(async () => { await null; started = true; });
      app.hook.appTerminate(() => console.log('terminated'));
      app.hook.preInvocation((context) => { context.hookData.from = 'pre'; context.inputs[0].extra = 'added'; });
      app.hook.postInvocation((context) => {
        if (context.error) { context.error = null; context.result = { status: 418, body: context.hookData.from }; } });
      app.http('input', { handler: async (request) => ({ jsonBody: { started, extra: request.extra } }) });
      app.http('throws', { handler: async () => { throw new Error('x'); } });`,
  });
  expect(await (await fetch(`${host.url}/api/input`)).json()).toEqual({ started: true, extra: 'added' });
  const mended = await fetch(`${host.url}/api/throws`);
  expect([mended.status, await mended.text()]).toEqual([418, 'pre']);
  await host.stop();
  expect(host.lines).toContain('terminated');
});

test('a function with a trigger that this host does not run is named once in a warning', async () => {
  const { url, lines } = await startProject({
    'dist/main.cjs': `${hello} app.eventGrid('tick', { handler: () => {} });`,
  });
  expect(lines.filter((line) => line.includes('tick'))).toEqual([
    'warning: tick: this stand-in does not run its eventGridTrigger yet; func start does.',
  ]);
  expect((await fetch(`${url}/api/hello`)).status).toBe(200);
});

test('a function cannot be registered once the app has started', async () => {
  const host = await startProject({
    'dist/main.cjs': `${streaming} app.http('late', { handler: async () => { app.get('later', async () => ({})); return {}; } });`,
  });
  expect((await fetch(`${host.url}/api/late`)).status).toBe(500);
  await host.line('A function can only be registered during app startup.');
});

test('an app that was not built says what to do', async () => {
  expect(await failure({})).toEqual({ code: 1, text: expect.stringContaining('run npm run build') });
});

test("an app that throws while it loads ends the host with the app's message and no stack", async () => {
  const { code, text } = await failure({
    'dist/main.cjs': "throw new Error('ARM_ENDPOINT is not a URL.\\nJOBS_FILE is missing.');",
  });
  expect(code).toBe(1);
  expect(text).toBe(
    'The app\'s entry point "dist/main.cjs" did not load: ARM_ENDPOINT is not a URL.\nJOBS_FILE is missing.',
  );
});

test('--verbose adds the stack', async () => {
  const { text } = await failure({ 'dist/main.cjs': "throw new Error('bad');" }, [
    '--port',
    '0',
    '--verbose',
  ]);
  expect(text).toMatch(/Error: bad\n\s+at .*main\.cjs:1/);
});

test.each([
  ['a wrong local.settings.json', { 'local.settings.json': '{' }, 'is not valid JSON'],
  ['an encrypted one', { 'local.settings.json': '{"IsEncrypted":true}' }, 'func settings decrypt'],
  ['a wrong prefix', { 'host.json': '{"extensions":{"http":{"routePrefix":7}}}' }, 'routePrefix'],
  ['no main', { 'package.json': '{}' }, 'has no "main"'],
  [
    'two functions of one name',
    { 'dist/main.cjs': `${hello} app.http('HELLO', { handler: async () => ({}) });` },
    'has already been registered',
  ],
  [
    'two functions of one route',
    { 'dist/main.cjs': `${hello} app.http('b', { route: 'hello', handler: async () => ({}) });` },
    "conflicts with that of the function 'b'",
  ],
])('%s stops the start', async (_, files, why) => {
  const { code, text } = await failure({ 'dist/main.cjs': hello, ...files });
  expect(code).toBe(1);
  expect(text).toContain(why);
  expect(text).not.toMatch(/^\s+at /m);
});

test('a port that is taken is named, with the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  expect(await failure({ 'dist/main.cjs': hello }, ['--port', port])).toEqual({
    code: 1,
    text: `Port ${port} is taken. Choose another with --port, or 0 for any free one.`,
  });
  other.close();
});

test.each([[['--prot', '1'], "'--prot'"] as const, [['--port', '99999'], "--port '99999'"] as const])(
  'the options %j are refused',
  async (args, why) => {
    const { code, text } = await failure({ 'dist/main.cjs': hello }, [...args]);
    expect(code).toBe(2);
    expect(text).toContain(why);
  },
);

test('--help explains the options', async () => {
  const { code, text } = await failure({}, ['--help']);
  expect(code).toBe(0);
  expect(text).toContain('--enable-auth');
});
