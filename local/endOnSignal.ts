/** `npm` passes on a Ctrl-C that the terminal has sent already: so soon after the first, it is not the user's second. */
const sameSignalMs = 1_000;
const parentLookMs = 500;

/**
 * Ends what runs, and then this process, on Ctrl-C, on SIGTERM, and when the terminal is closed, with the exit code that shells
 * expect. A second signal ends the process at once, by its exit handlers alone.
 *
 * An `npm` that is told to end takes its shell along, but not what the shell runs: below `npm`, a parent that is gone counts as
 * SIGTERM.
 * @returns aborted as soon as a signal has come: what fails from then on is of no interest.
 */
export function endOnSignal(close: () => Promise<unknown>): AbortSignal {
  const ending = new AbortController();
  let first = 0;
  const end = (code: number) => {
    if (ending.signal.aborted) {
      if (performance.now() - first > sameSignalMs) {
        process.exit(code);
      }
      return;
    }
    first = performance.now();
    ending.abort();
    void close().finally(() => process.exit(code));
  };
  process.on('SIGHUP', () => end(129));
  process.on('SIGINT', () => end(130));
  process.on('SIGTERM', () => end(143));
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid;
    const look = setInterval(() => {
      if (process.ppid !== parent) {
        clearInterval(look);
        end(143);
      }
    }, parentLookMs);
    look.unref();
  }
  return ending.signal;
}
