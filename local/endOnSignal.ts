/**
 * Ends what runs, and then this process, on Ctrl-C and on SIGTERM, with the exit code that shells expect. A second
 * Ctrl-C ends the process at once.
 * @returns aborted as soon as a signal has come: what fails from then on is of no interest.
 */
export function endOnSignal(close: () => Promise<unknown>): AbortSignal {
  const ending = new AbortController();
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      ending.abort();
      void close().finally(() => process.exit(code));
    });
  }
  return ending.signal;
}
