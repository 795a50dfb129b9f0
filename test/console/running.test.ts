import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoBrowser } from '../chromiumPath.ts';
import { until } from '../until.ts';
import { markup, type Scene, startScene } from './scene.ts';
import { patienceMs, startBrowser, visit } from './visitor.ts';

describe.skipIf(whyNoBrowser())('somebody who starts things', { timeout: patienceMs }, () => {
  let scene: Scene;
  let browser: Browser;

  beforeAll(async () => {
    [scene, browser] = await Promise.all([startScene(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const look = (fragment: string) => visit(browser, scene.app.url, fragment);
  const runFragment = (group: keyof Scene['groups'], runId: string | undefined) => {
    const { subscriptionId, resourceGroup, name } = scene.groups[group];
    return `/runs/${subscriptionId}/${resourceGroup}/${name}/${runId}`;
  };

  test.concurrent('does so by the keyboard alone, sees the plan first, and follows the run to its end', async () => {
    const visitor = await look('/jobs');
    const { page } = visitor;
    await page.getByRole('row', { name: 'nightly-report' }).waitFor();
    await tabTo(page, 'Start nightly-report');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'nightly-report', level: 1 }).waitFor();
    await page.getByText('Nothing: the group runs as it is.').waitFor();

    await tabTo(page, 'NAME');
    await page.keyboard.type(markup);
    await tabTo(page, 'FOR');
    await page.keyboard.type('300');
    const plan = page.getByRole('complementary');
    await plan.getByText("environmentVariables['NAME']").waitFor();
    await plan.locator('.after').getByText(markup).waitFor();
    await tabTo(page, 'Start the run');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: /^Run / }).waitFor();
    await page.getByRole('log').getByText(`Hello, ${markup}! ${markup}`).waitFor();
    await page.getByText('Succeeded (Completed)').waitFor();
    await page.getByText('exit code 0').waitFor();
    expect(await page.getByRole('status').filter({ hasText: 'The run: Succeeded.' }).count()).toBe(1);
    expect(
      visitor.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/runs')).length,
    ).toBeGreaterThan(1);
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('is told what is wrong at the field that it is about, before anything is sent', async () => {
    const visitor = await look('/jobs/backup');
    const { page } = visitor;
    const fault = page.getByRole('form', { name: 'Start backup' }).locator('.fault');
    await fault.first().waitFor(); // NAME is missing

    await page.getByLabel('NAME').fill('Ada');
    await page.getByLabel('FOR').fill('soon');
    await page.getByText("'soon' is no number.").waitFor();
    await page.getByText('Something in the form cannot be sent yet.').waitFor();
    await page.getByLabel('FOR').fill('-1');
    await fault.filter({ hasText: '0' }).waitFor();
    expect(await page.getByLabel('FOR').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('NAME').getAttribute('aria-invalid')).toBe('false');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByRole('form').getByRole('alert').getByText('InvalidRequest').waitFor();
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('gets the same call as a line for a shell, without what is secret', async () => {
    const visitor = await look('/jobs/invoices');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Add to secure variables' }).click();
    await page.getByLabel('Name 1 of Secure variables').fill('API_TOKEN');
    await page.getByLabel('Value 1 of Secure variables').fill('do not show me');
    await page.getByRole('button', { name: 'Add to variables', exact: true }).click();
    await page.getByLabel('Name 1 of Variables').fill('QUOTE');
    await page.getByLabel('Value 1 of Variables').fill(`it's $HOME`);
    const line = await page
      .getByRole('region', { name: 'The same call as a curl line' })
      .locator('code')
      .innerText();

    expect(line).not.toContain('do not');
    expect(await page.locator('body').innerText()).not.toContain('do not');
    const args = execFileSync(
      'sh',
      ['-c', `curl() { printf '%s\\n' "$@"; }; SECRET_API_TOKEN=again; ${line}`],
      {
        encoding: 'utf8',
      },
    );
    expect(args.trim().split('\n')).toEqual([
      `${scene.app.url}/api/jobs/invoices/runs`,
      '-H',
      'content-type: application/json',
      '-d',
      JSON.stringify({ env: { QUOTE: `it's $HOME` }, secureEnv: { API_TOKEN: 'again' } }),
    ]);
    await page.getByRole('button', { name: 'Show the plan, and send the app what is secret for it' }).click();
    await page.getByText('secureValue').or(page.getByText("['API_TOKEN']")).first().waitFor();
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('ends a run, after a second question', async () => {
    const { id } = await scene.launch('backup', { env: { NAME: 'Ada', FOR: 60_000 } });
    const visitor = await look(runFragment('backup', id));
    const { page } = visitor;
    await page.getByRole('log').getByText('step 2').waitFor();
    await page.getByRole('button', { name: 'Cancel…' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Cancel…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the run' }).click();

    await page.getByText('Canceled (CanceledByCaller)').waitFor();
    await page.getByRole('button', { name: 'Run again…' }).waitFor();
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('runs one again, and gives what was secret of it once more', async () => {
    const [seed] = scene.past['invoices'] ?? [];
    const visitor = await look(runFragment('invoices', seed?.run.id));
    const { page } = visitor;
    await page.getByRole('button', { name: 'Run again…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run this again?' });
    await dialog.getByLabel('TOKEN').fill('a new value');
    await dialog.getByRole('button', { name: 'Run again' }).click();

    await page.waitForURL((url) => !url.hash.endsWith(seed?.run.id ?? ''));
    await page.getByText(/invoices\/.*\/rerun/).waitFor();
    expect(await page.locator('body').innerText()).not.toContain('a new value');
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('is led to the run that is in the way', async () => {
    const { id } = await scene.launch('cleanup', { env: { FOR: 60_000 } });
    const visitor = await look('/jobs/cleanup');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.getByText('RunInProgress').waitFor();
    await page.getByRole('link', { name: 'The run that holds the group' }).click();

    await page.getByText(id, { exact: true }).first().waitFor();
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('keeps what was last known when the connection is lost, and goes on when it is back', async () => {
    const { id } = await scene.launch('resize-images', { tasks: 2, env: { FOR: '60000' } });
    const visitor = await look(runFragment('images', id));
    const { page } = visitor;
    await page.getByRole('button', { name: /^Task 1: / }).waitFor();
    await page.route('**/api/azure/**', (route) => route.abort());
    await page
      .getByText('The connection is lost; reconnecting… What you see is as it was last known.')
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /^Task 1: / }).count()).toBe(1);

    await page.unroute('**/api/azure/**');
    await page.getByText('The connection is lost').first().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Task 1: Running' }).waitFor();
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('is asked nothing of by a tab that nobody sees, one thing at a time by one that is seen', async () => {
    const visitor = await look('/nowhere');
    const { page } = visitor;
    await page.clock.install();
    let underWay = 0;
    let most = 0;
    let asked = 0;
    const [seed] = scene.past['reports'] ?? [];
    await page.route('**/runs/*', async (route) => {
      underWay += 1;
      most = Math.max(most, underWay);
      asked += 1;
      const answer = await route.fetch();
      await route.fulfill({ json: { ...(await answer.json()), status: 'Running', finishedAt: undefined } });
      underWay -= 1;
    });
    await visitor.go(runFragment('reports', seed?.run.id));
    await page.getByText('stopped in').or(page.getByText('Running').first()).first().waitFor();
    await until(async () => {
      await page.clock.runFor(1_000);
      return asked > 2;
    });

    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    });
    await until(() => underWay === 0);
    const before = asked;
    await page.clock.runFor(600_000);
    expect(asked).toBe(before);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => false });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until(() => asked === before + 1);
    expect(most).toBe(1);
    await visitor.go('/nowhere');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.clock.runFor(60_000);
    expect(asked).toBe(before + 1);
    await visitor.expectCalm();
    await visitor.close();
  });
});

/** Goes on by the tab key until what has the focus is named so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page
    .locator(':focus')
    .and(page.getByRole('button', { name }).or(page.getByRole('link', { name })).or(page.getByLabel(name)));
  for (let steps = 0; steps < 40; steps += 1) {
    if ((await target.count()) > 0) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`40 steps of the tab key do not lead to '${name}'.`);
}
