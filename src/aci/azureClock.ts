/** The time at Azure, which is what ARM's times are to be compared with: a machine's own clock may be wrong. */
export type AzureClock = {
  /** Milliseconds since 1970. This machine's time until the first answer. */
  now: () => number;
  /** Learns from the Date header of an answer, which is true to a second (RFC 9110, 6.6.1). */
  observe: (date: string | undefined) => void;
};

/** @param localNow this machine's time, in milliseconds since 1970. */
export function createAzureClock(localNow: () => number): AzureClock {
  let aheadMs = 0;
  return {
    now: () => localNow() + aheadMs,
    observe(date) {
      const azureNow = Date.parse(date ?? '');
      // Within the header's own second the machine's clock is the better one.
      if (Number.isFinite(azureNow)) {
        aheadMs = Math.abs(azureNow - localNow()) < 2_000 ? 0 : azureNow - localNow();
      }
    },
  };
}
