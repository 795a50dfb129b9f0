import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoBrowser } from '../chromiumPath.ts';
import { principalHeader } from '../functions/access/principals.ts';
import { until } from '../until.ts';
import { type Scene, startScene } from './scene.ts';
import { startBrowser, type Visitor, visit } from './visitor.ts';

describe.skipIf(whyNoBrowser())('behind keys the console', () => {
  let scene: Scene;
  let browser: Browser;
  let visitor: Visitor;

  beforeAll(async () => {
    [scene, browser] = await Promise.all([startScene({ enableAuth: true }), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  test('asks for one, sends it in a header only, keeps it for the tab, and forgets it', async () => {
    const key = scene.app.keys?.host ?? '';
    visitor = await visit(browser, scene.app.url, '/jobs/invoices');
    const { page } = visitor;
    await page.getByLabel('Host key').waitFor();
    expect(await visitor.faults()).toEqual([]);
    await page.getByLabel('Host key').fill(scene.app.keys?.functions['whoami'] ?? '');
    await page.getByRole('button', { name: 'Open the console' }).click();
    await page.getByText('The key that was given does not open this.').waitFor(); // it opens whoami alone
    const asked = visitor.requests.length;
    await page.getByLabel('Host key').fill(scene.app.keys?.functions['whoami'] ?? '');
    await page.getByRole('button', { name: 'Open the console' }).click(); // roles and keys take their time
    await until(() => visitor.requests.length > asked);
    await page.getByLabel('Host key').fill('shortened…');
    await page.keyboard.press('Enter');
    await page.getByText('That is no key').waitFor();

    await page.getByLabel('Host key').fill(key);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'invoices', level: 1 }).waitFor();
    await page.getByText('-H "x-functions-key: $FUNCTIONS_KEY"').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'invoices', level: 1 }).waitFor();

    expect(await page.evaluate('Object.entries(sessionStorage)')).toEqual([['functionsKey', key]]);
    expect(await page.evaluate('[localStorage.length, document.cookie]')).toEqual([0, '']);
    expect(visitor.requests.filter(({ url }) => url.includes(key))).toEqual([]);
    const keyed = visitor.requests.filter(({ headers }) => headers['x-functions-key'] === key);
    expect(keyed.every(({ url }) => url.startsWith(`${scene.app.url}/api/`))).toBe(true);
    expect(await page.content()).not.toContain(key);
    expect(
      scene.app
        .output()
        .split('\n')
        .filter((line) => line.includes(key) && !line.includes('host:')),
    ).toEqual([]);

    await page.getByRole('button', { name: 'Forget the key' }).click();
    await page.getByLabel('Host key').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await visitor.expectCalm();
    await visitor.close();
  });
});

describe.skipIf(whyNoBrowser())('where callers bring tokens of Azure’s the console', () => {
  test('says that it is not for that', async () => {
    const [scene, browser] = await Promise.all([
      startScene({ settings: { ARM_CREDENTIAL: 'caller' } }),
      startBrowser(),
    ]);
    try {
      const { page, expectCalm } = await visit(browser, scene.app.url, '/jobs');
      await page.getByText('ARM_CREDENTIAL=caller').waitFor();
      await expectCalm();
    } finally {
      await browser.close();
      await scene.close();
    }
  });
});

describe.skipIf(whyNoBrowser())('behind Easy Auth the console', () => {
  let scene: Scene;
  let browser: Browser;

  beforeAll(async () => {
    const settings = { WEBSITE_AUTH_ENABLED: 'True' };
    [scene, browser] = await Promise.all([startScene({ settings }), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const lookAs = (roles: readonly string[], fragment: string) =>
    visit(browser, scene.app.url, fragment, { extraHTTPHeaders: principalHeader({ roles }) });

  test('leads to the sign-in, and back to the place', async () => {
    const { page, expectCalm, faults, close } = await visit(browser, scene.app.url, '/jobs/invoices');
    const link = page.getByRole('link', { name: 'Sign in with Entra ID' });
    await link.waitFor();

    expect(await link.getAttribute('href')).toBe(
      '/.auth/login/aad?post_login_redirect_uri=%2Fapi%2Fconsole%23%2Fjobs%2Finvoices',
    );
    expect(await page.getByLabel('Host key').count()).toBe(0);
    expect(await faults()).toEqual([]);
    await expectCalm();
    await close();
  });

  test('offers to start what the roles allow, and no other', async () => {
    const { page, expectCalm, close } = await lookAs(['Containers.Read', 'Runs.Launch.Invoices'], '/jobs');
    await page.getByRole('link', { name: 'Start invoices' }).waitFor();

    expect(await page.getByRole('link', { name: /^Start / }).count()).toBe(1);
    await page.getByRole('link', { name: 'nightly-report', exact: true }).click();
    await page.getByText('Your app roles do not let you start this job.').waitFor();
    await page.getByRole('row', { name: 'Failed' }).getByRole('link').first().click();
    await page.getByText('cannot reach the store').waitFor();
    expect(await page.getByRole('button', { name: 'Run again…' }).count()).toBe(0);
    await expectCalm();
    await close();
  });

  test('tells who may not look what is missing', async () => {
    const { page, expectCalm, close } = await lookAs(['Runs.Launch.Invoices'], '/jobs');

    await page.getByText('Reading takes the app role').waitFor();
    await page.getByText('By HTTP you may launch: invoices.').waitFor();
    await expectCalm();
    await close();
  });

  test('gives the line for a shell with a token’s place instead of a key’s', async () => {
    const { page, close } = await lookAs(['Containers.Read', 'Runs.Launch'], '/jobs/invoices');

    await page.getByText('-H "authorization: Bearer $TOKEN"').waitFor();
    await close();
  });
});
