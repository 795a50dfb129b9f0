import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { chromiumPath } from '../chromiumPath.ts';

export const desktop = { width: 1280, height: 860 };
export const phone = { width: 390, height: 844 };

/** How long a test may wait: runs are looked at every few seconds, and browsers are slow where much else goes on. */
export const patienceMs = 90_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @throws Error when there is no Chromium: tests ask `whyNoBrowser` first. */
export function startBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium.');
  }
  return chromium.launch({ executablePath });
}

/** Somebody who looks at the console, and everything that must not happen meanwhile. */
export type Visitor = {
  page: Page;
  /** Every request that the page has made. */
  requests: { method: string; url: string; headers: Record<string, string> }[];
  go: (fragment: string) => Promise<void>;
  /** Holds the page to its promises: its own origin alone, no broken rule of its policy, no error, no script of others. */
  expectCalm: () => Promise<void>;
  /** What axe finds wrong. */
  faults: () => Promise<string[]>;
  close: () => Promise<void>;
};

export async function visit(
  browser: Browser,
  url: string,
  fragment = '/jobs',
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: desktop, ...options });
  context.setDefaultTimeout(patienceMs / 2);
  const page = await context.newPage();
  const requests: Visitor['requests'] = [];
  const trouble: string[] = [];
  page.on('request', (request) => {
    requests.push({ method: request.method(), url: request.url(), headers: request.headers() });
    if (new URL(request.url()).origin !== url) {
      trouble.push(`asked ${request.url()}`);
    }
  });
  page.on('pageerror', (error) => trouble.push(`threw ${error.stack ?? error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`said ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    const broken: string[] = [];
    Object.assign(window, { broken });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      broken.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(`${url}/api/console#${fragment}`);
  return {
    page,
    requests,
    go: async (to) => {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, to);
    },
    expectCalm: async () => {
      const broken = await page.evaluate(() => (window as unknown as { broken: string[] }).broken);
      expect([...trouble, ...broken]).toEqual([]);
    },
    faults: async () => {
      if (!(await page.evaluate('"axe" in window'))) {
        await page.evaluate(axe);
      }
      return page.evaluate(async () => {
        type Result = { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
        const { axe } = window as unknown as { axe: { run: (options: object) => Promise<Result> } };
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
        );
      });
    },
    close: async () => {
      await page.unrouteAll({ behavior: 'ignoreErrors' }); // what is still being answered has nobody left to answer to
      await context.close();
    },
  };
}
