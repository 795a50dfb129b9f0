import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { whyNoBrowser } from '../chromiumPath.ts';
import { type Scene, startScene } from './scene.ts';
import { desktop, patienceMs, phone, startBrowser, visit } from './visitor.ts';

/** `npm run pictures` makes the pictures of the README and of docs/console anew; no test needs them. */
const folder = join(import.meta.dirname, '../../docs/console');

describe.skipIf(whyNoBrowser() ?? process.env['MODE'] !== 'pictures')(
  'the pictures',
  { timeout: patienceMs },
  () => {
    let scene: Scene;
    let browser: Browser;

    beforeAll(async () => {
      [scene, browser] = await Promise.all([
        startScene(),
        startBrowser(),
        mkdir(folder, { recursive: true }),
      ]);
    });
    afterAll(async () => {
      await browser?.close();
      await scene?.close();
    });

    const runFragment = (group: 'reports' | 'images', runId: string | undefined) => {
      const { subscriptionId, resourceGroup, name } = scene.groups[group];
      return `/runs/${subscriptionId}/${resourceGroup}/${name}/${runId}`;
    };

    const pictures: {
      name: string;
      scheme: 'light' | 'dark';
      size: typeof desktop;
      place: () => Promise<string> | string;
      come: (page: Page) => Promise<unknown>;
    }[] = [
      {
        name: 'jobs',
        scheme: 'light',
        size: { ...desktop, height: 560 },
        place: () => '/jobs',
        come: (page) => page.locator('[role=img]').nth(2).waitFor(),
      },
      {
        name: 'start',
        scheme: 'light',
        size: { ...desktop, height: 900 },
        place: () => '/jobs/nightly-report',
        async come(page) {
          await page.getByLabel('NAME').fill('Grace');
          await page.getByLabel('REGION').selectOption('north');
          await page.getByLabel('FOR').fill('20000');
          await page.getByText("environmentVariables['FOR']").waitFor();
          await page.locator('tbody tr').nth(9).waitFor();
        },
      },
      {
        name: 'run',
        scheme: 'dark',
        size: desktop,
        async place() {
          const { id } = await scene.launch('nightly-report', {
            env: { NAME: 'Grace', REGION: 'north', FOR: 60_000 },
          });
          return runFragment('reports', id);
        },
        come: (page) => page.getByRole('log').getByText('step 8').waitFor(),
      },
      {
        name: 'tasks',
        scheme: 'light',
        size: desktop,
        place: () => runFragment('images', scene.past['images']?.[2]?.run.id),
        come: (page) => page.getByRole('log').waitFor(),
      },
      {
        name: 'history',
        scheme: 'light',
        size: desktop,
        place: () => '/history',
        come: (page) => page.locator('tbody tr').nth(20).waitFor(),
      },
      {
        name: 'phone-jobs',
        scheme: 'dark',
        size: phone,
        place: () => '/jobs',
        come: (page) => page.locator('[role=img]').nth(2).waitFor(),
      },
      {
        name: 'phone-run',
        scheme: 'light',
        size: phone,
        place: () => runFragment('reports', scene.past['reports']?.[2]?.run.id),
        come: (page) => page.getByRole('log').waitFor(),
      },
    ];

    test.each(pictures)('$name, $scheme', async ({ name, scheme, size, place, come }) => {
      const { page, close } = await visit(browser, scene.app.url, await place(), {
        colorScheme: scheme,
        viewport: size,
        reducedMotion: 'reduce',
      });
      await come(page);
      await page.screenshot({ path: join(folder, `${name}.png`) });
      await close();
    });
  },
);
