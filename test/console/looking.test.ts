import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resourceIdOf } from '../../src/aci/containerGroupId.ts';
import { whyNoBrowser } from '../chromiumPath.ts';
import { markup, type Scene, startScene } from './scene.ts';
import { patienceMs, phone, startBrowser, visit } from './visitor.ts';

describe.skipIf(whyNoBrowser())('somebody who looks', { timeout: patienceMs }, () => {
  let scene: Scene;
  let browser: Browser;

  beforeAll(async () => {
    [scene, browser] = await Promise.all([startScene(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  const look = (fragment: string, options = {}) => visit(browser, scene.app.url, fragment, options);
  const runFragment = (group: 'reports' | 'images', index: number) => {
    const { subscriptionId, resourceGroup, name } = scene.groups[group];
    return `/runs/${subscriptionId}/${resourceGroup}/${name}/${scene.past[group]?.[index]?.run.id}`;
  };
  const groupFragment = () => {
    const { subscriptionId, resourceGroup, name } = scene.groups.reports;
    return `/groups/${subscriptionId}/${resourceGroup}/${name}`;
  };

  const views: [string, fragment: () => string, hasCome: string][] = [
    ['the jobs', () => '/jobs', '[role=img][aria-label="Last 20 runs: 15 succeeded, 3 failed, 2 canceled"]'],
    ['a job', () => '/jobs/nightly-report', 'table, .changes'],
    ['the groups', () => '/groups', 'code:text("images:1.4")'],
    ['a group', groupFragment, 'h2:text("Containers")'],
    ['a run', () => runFragment('reports', 0), '[role=log]'],
    ['a run that failed', () => runFragment('reports', 2), '[role=log]'],
    ['a run of many tasks', () => runFragment('images', 2), '[role=log]'],
    ['the history', () => '/history', 'tbody tr >> nth=20'],
    ['a place that is none', () => '/nowhere', 'h1'],
  ];

  test.concurrent.each(views)(
    'finds nothing in the way of anybody in %s, in light and dark, on a desk and on a phone',
    async (_, fragment, hasCome) => {
      const visitor = await look(fragment(), { colorScheme: 'light' });
      const { page } = visitor;
      await page.locator(hasCome).first().waitFor();
      expect(await visitor.faults()).toEqual([]);

      await page.emulateMedia({ colorScheme: 'dark' });
      await page.setViewportSize(phone);
      expect(await visitor.faults()).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(phone.width); // nothing sticks out
      await visitor.expectCalm();
      await visitor.close();
    },
  );

  test.concurrent('sees what each job did last, when, and how long it took', async () => {
    const visitor = await look('/jobs');
    const { page } = visitor;
    const row = page.getByRole('row', { name: 'nightly-report' });
    await row.getByText('Succeeded').waitFor();

    expect(await row.getByText('20 minutes ago').count()).toBe(1);
    expect(await row.getByText('42 s', { exact: true }).count()).toBe(1);
    await page.getByRole('row', { name: 'cleanup' }).getByText('never ran').waitFor();
    await visitor.close();
  });

  test.concurrent('sees of secrets their names alone', async () => {
    const visitor = await look(runFragment('reports', 0));
    const { page } = visitor;
    await page.getByText('secure: not shown').waitFor();

    expect(await page.getByText('TOKEN').count()).toBe(1);
    await visitor.close();
  });

  test.concurrent('sees the logs of the task that is chosen, and its exit code', async () => {
    const visitor = await look(runFragment('images', 2));
    const { page } = visitor;
    await page.getByRole('button', { name: 'Task 5: Failed, exit code 3' }).click();

    await page.getByRole('heading', { name: 'Logs of task 5' }).waitFor();
    await page.getByText('exit code 3').first().waitFor();
    await page.getByText('No logs of container').waitFor();
    await visitor.close();
  });

  test.concurrent('goes back and forth by the browser’s own buttons, and a reload keeps the place', async () => {
    const visitor = await look('/jobs');
    const { page } = visitor;
    await page.getByRole('link', { name: 'nightly-report', exact: true }).click();
    await page.getByRole('heading', { name: 'nightly-report', level: 1 }).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    await page.getByRole('link', { name: 'History' }).last().click();
    await page.getByLabel('Status').selectOption('Failed');
    await page.getByText('Runs 1 to 4 of 4 that fit').waitFor();
    await page.reload();
    await page.getByText('Runs 1 to 4 of 4 that fit').waitFor();
    expect(await page.getByLabel('Job').inputValue()).toBe('nightly-report');

    await page.goBack();
    await page.getByText('Runs 1 to 24 of 24 that fit').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'nightly-report', level: 1 }).waitFor();
    await page.goForward();
    await page.getByText('Runs 1 to 24 of 24 that fit').waitFor();
    await visitor.close();
  });

  test.concurrent('sees the runs of all jobs together, the newest first', async () => {
    const visitor = await look('/history');
    const { page } = visitor;
    await page.getByText('Runs 1 to 38 of 38 that fit, in the 38 newest.').waitFor();
    const asked = await page
      .locator('tbody time')
      .evaluateAll((times) => times.map((time) => time.getAttribute('datetime')));

    expect(asked).toEqual(asked.toSorted().toReversed());
    expect(new Set(await page.locator('tbody td[data-label=Job]').allInnerTexts()).size).toBe(3);
    await visitor.close();
  });

  test.concurrent('sees names and texts with markup in them as text', async () => {
    const visitor = await look('/nowhere');
    const { page } = visitor;
    const [id] = [resourceIdOf(scene.groups.reports).replace('reports', markup)];
    const [seed] = scene.past['reports'] ?? [];
    await page.route('**/api/azure/containers?*', (route) =>
      route.fulfill({
        json: {
          value: [{ id, name: markup, resourceGroup: markup, status: markup, image: markup, containers: [] }],
        },
      }),
    );
    await page.route('**/api/jobs', (route) =>
      route.fulfill({ json: { value: [{ name: markup, containerGroup: id, schedule: markup }] } }),
    );
    await page.route('**/logs?*', (route) => route.fulfill({ json: { container: markup, content: markup } }));
    await page.route(`**/runs/${seed?.run.id}`, async (route) => {
      const run = await (await route.fetch()).json();
      const env = [{ container: markup, name: markup, value: markup }];
      const error = { code: markup, message: markup };
      await route.fulfill({ json: { ...run, job: markup, reason: markup, env, error, warnings: [markup] } });
    });

    for (const [place, most] of [
      ['/jobs', 3],
      ['/groups', 5],
      [runFragment('reports', 0), 7],
    ] as const) {
      await visitor.go(place);
      await page
        .getByText(markup)
        .nth(most - 2)
        .waitFor();
      expect(await page.locator('img').count()).toBe(0);
    }
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('is kept by the browser from what the page must not do', async () => {
    const visitor = await look('/nowhere');
    const { page } = visitor;
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();

    const attempts = {
      markup: `document.body.innerHTML = '<p>'`,
      script: `document.createElement('script').src = '/api/health'`,
      elsewhere: `fetch('http://127.0.0.1:1/')`,
    };
    for (const attempt of Object.values(attempts)) {
      await expect(page.evaluate(attempt)).rejects.toThrow();
    }
    const broken = await page.evaluate('window.broken.map((each) => each.split(" ")[0])');
    expect(broken).toEqual(expect.arrayContaining(['require-trusted-types-for', 'connect-src']));
    await visitor.close();
  });

  test.concurrent('sees more groups on demand, and what could not be listed', async () => {
    const visitor = await look('/nowhere');
    const { page } = visitor;
    const asked: string[] = [];
    await page.route('**/api/azure/containers?*', (route) => {
      const { search, searchParams } = new URL(route.request().url());
      asked.push(search);
      const name = `group-${searchParams.get('skipToken') ?? 0}`;
      const value = [
        {
          id: resourceIdOf(scene.groups.reports).replace('reports', name),
          name,
          status: 'Running',
          containers: [],
        },
      ];
      const errors = [{ code: 'AuthorizationFailed', message: 'It may not.', subscriptionId: 'one' }];
      const nextLink = 'https://elsewhere.example/api/azure/containers?top=100&skipToken=1';
      return route.fulfill({ json: searchParams.has('skipToken') ? { value, errors } : { value, nextLink } });
    });

    await visitor.go('/groups');
    await page.getByRole('button', { name: 'Show 100 more' }).click();
    await page.getByRole('link', { name: 'group-1' }).waitFor();
    expect(await page.getByRole('link', { name: 'group-0' }).count()).toBe(1);
    await page.getByRole('alert').getByText('AuthorizationFailed').waitFor();
    expect(asked).toEqual(['?top=100', '?top=100&skipToken=1']);
    await visitor.expectCalm();
    await visitor.close();
  });

  test.concurrent('is told that there is nothing, where there is nothing', async () => {
    const visitor = await look('/nowhere');
    const { page } = visitor;
    await page.route(/\/api\/(?:jobs|azure\/containers)(?:\?|$)/, (route) =>
      route.fulfill({ json: { value: [] } }),
    );

    await visitor.go('/jobs');
    await page.getByText('No job is set up.').waitFor();
    await visitor.go('/groups');
    await page.getByText('There is no container group').waitFor();
    await visitor.go('/history');
    await page.getByText('There is no run like that.').waitFor();
    await visitor.close();
  });

  test.concurrent('turns the pages of 10,000 runs, of which no more are read than are looked at', async () => {
    const visitor = await look('/nowhere');
    const { page } = visitor;
    const runs = Array.from({ length: 10_000 }, (_, index) => longAgo(index, scene));
    let pages = 0;
    await page.route('**/api/jobs/backup/runs?*', (route) => {
      const query = new URL(route.request().url()).searchParams;
      const [from, top] = [Number(query.get('skipToken') ?? 0), Number(query.get('top'))];
      const nextLink =
        from + top < runs.length && `https://elsewhere.example/api/any?top=${top}&skipToken=${from + top}`;
      pages += 1;
      return route.fulfill({ json: { value: runs.slice(from, from + top), ...(nextLink && { nextLink }) } });
    });

    await visitor.go('/history?job=backup');
    await page.getByText('Runs 1 to 50 of 100 that fit, in the 100 newest. There are more.').waitFor();
    expect(pages).toBe(1);
    await page.getByRole('button', { name: 'Older' }).click();
    await page.getByText('Runs 51 to 100 of 200 that fit').waitFor();
    await visitor.go('/history?job=backup&status=Failed');
    await page.getByText('No run of 0 that fit, in the 1,000 newest. There are more.').waitFor();
    expect(pages).toBe(12);
    await page.getByRole('button', { name: 'Look at 1,000 more' }).click();
    await page.getByText('in the 2,000 newest').waitFor();
    await visitor.go('/history?job=backup&page=199');
    await page.getByText('in the 1,000 newest. There are more.').waitFor();
    for (const thousand of [2, 3, 4, 5, 6, 7, 8, 9, 10]) {
      await page.getByRole('button', { name: 'Look at 1,000 more' }).click();
      await page
        .getByText(thousand < 10 ? `in the ${thousand},000 newest` : 'Runs 9,901 to 9,950 of 10,000')
        .waitFor();
    }
    expect(await page.locator('tbody tr').count()).toBe(50);
    await visitor.expectCalm();
    await visitor.close();
  });
});

/** One of very many runs, a minute older than the one before it. */
function longAgo(index: number, { groups }: Scene) {
  const createdAt = new Date(Date.now() - index * 60_000).toISOString();
  return {
    id: `019a0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    status: 'Succeeded',
    reason: 'Completed',
    attempt: 1,
    containers: [],
    containerGroup: resourceIdOf(groups.backup),
    job: 'backup',
    mode: 'recreate',
    createdAt,
    startedAt: createdAt,
    finishedAt: createdAt,
    env: [],
    warnings: [],
    startedBy: { via: 'schedule' },
    links: {},
  };
}
