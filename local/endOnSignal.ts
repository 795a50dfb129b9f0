/** `npm` passes on a Ctrl-C that the terminal has sent already: so soon after the first, it is not the user's second. */
const sameSignalMs = 1_000;

/**
 * Ends what runs, and then this process, on Ctrl-C, on SIGTERM, and when the terminal is closed, with the exit code that shells
 * expect. A second signal ends the process at once, by its exit handlers alone.
 * @returns aborted as soon as a signal has come: what fails from then on is of no interest.
 */
export function endOnSignal(close: () => Promise<unknown>): AbortSignal {
  const ending = new AbortController();
  let first = 0;
  for (const [signal, code] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => {
      if (ending.signal.aborted) {
        if (performance.now() - first > sameSignalMs) {
          process.exit(code);
        }
        return;
      }
      first = performance.now();
      ending.abort();
      void close().finally(() => process.exit(code));
    });
  }
  return ending.signal;
}
