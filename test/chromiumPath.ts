import { existsSync } from 'node:fs';

/** Where a Chromium is for the tests of the console: what CHROMIUM_PATH says, else Debian's; undefined when there is none. */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  return [named, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** Why the tests that need a browser are skipped; undefined when they are not. */
export function whyNoBrowser(): string | undefined {
  return chromiumPath() === undefined
    ? "The console's tests in a browser are skipped: there is no /usr/bin/chromium (apt-get install chromium), and CHROMIUM_PATH names none."
    : undefined;
}
