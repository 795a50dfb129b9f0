/** Ends what runs on Ctrl-C and on SIGTERM, and then this process, with the exit code that shells expect. */
export function endOnSignal(close: () => Promise<unknown>): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      void close().finally(() => process.exit(code));
    });
  }
}
