import { expect, test } from 'vitest';
import { startProject, streaming } from './project.ts';

const app = `${streaming}
const handler = async () => ({ body: 'ok' });
app.http('open', { authLevel: 'anonymous', handler });
app.http('first', { authLevel: 'function', handler });
app.http('second', { authLevel: 'function', handler });
app.http('master', { authLevel: 'admin', handler });
`;

test('without --enable-auth every call passes', async () => {
  const { url, ready } = await startProject({ 'dist/main.cjs': app });
  expect(ready.keys).toBeUndefined();
  for (const name of ['open', 'first', 'master']) {
    expect((await fetch(`${url}/api/${name}`)).status).toBe(200);
  }
});

test("a function's key opens that function and nothing else", async () => {
  const host = await startProject({ 'dist/main.cjs': app }, { args: ['--port', '0', '--enable-auth'] });
  const keys = host.ready.keys;
  const opened = async (key: string | undefined) => {
    const headers: Record<string, string> = key === undefined ? {} : { 'x-functions-key': key };
    const names = ['open', 'first', 'second', 'master'];
    const answers = await Promise.all(names.map((name) => fetch(`${host.url}/api/${name}`, { headers })));
    expect(await Promise.all(answers.filter(({ ok }) => !ok).map((answer) => answer.text()))).not.toContain(
      expect.stringMatching(/./),
    );
    expect(answers.every(({ status }) => status === 200 || status === 401)).toBe(true);
    return names.filter((_, index) => answers[index]?.ok);
  };
  expect(await opened(undefined)).toEqual(['open']);
  expect(await opened('')).toEqual(['open']);
  expect(await opened('wrong')).toEqual(['open']);
  expect(await opened(keys?.functions['first'])).toEqual(['open', 'first']);
  expect(await opened(keys?.host)).toEqual(['open', 'first', 'second']);
  expect(await opened(keys?.master)).toEqual(['open', 'first', 'second', 'master']);
  await host.line(`first: ${keys?.functions['first']}`);
});

test('the key in the header wins over the one in the query', async () => {
  const host = await startProject({ 'dist/main.cjs': app }, { args: ['--port', '0', '--enable-auth'] });
  const key = host.ready.keys?.functions['first'] ?? '';
  const first = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${host.url}/api/first${query}`, { headers }).then(({ status }) => status);
  expect(await first(`?code=${key}`)).toBe(200);
  expect(await first(`?Code=${key}`)).toBe(200);
  expect(await first(`?code=${key}`, { 'x-functions-key': 'wrong' })).toBe(401);
  expect(await first('?code=wrong', { 'x-functions-key': key })).toBe(200);
});
