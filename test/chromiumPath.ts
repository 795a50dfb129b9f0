import { existsSync } from 'node:fs';

/** Where a Chromium is for the tests of the console: what CHROMIUM_PATH says, else Debian's; undefined when there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  const places = named ? [named] : ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
  return places.find((path) => existsSync(path));
}

/** Why the tests that need a browser are skipped; undefined when they are not. */
export function whyNoBrowser(): string | undefined {
  return chromiumPath() === undefined
    ? "The console's tests in a browser are skipped: there is no /usr/bin/chromium (apt-get install chromium), nor what CHROMIUM_PATH names."
    : undefined;
}
