/** The time at Azure, which is what ARM's times are to be compared with: a machine's own clock may be wrong. */
export type AzureClock = {
  /** Milliseconds since 1970. This machine's time until the first answer. */
  now: () => number;
  /** Learns from the Date header of an answer, which is true to a second (RFC 9110, 6.6.1). */
  observe: (date: string | undefined) => void;
};

/** The only form in which servers may send it, in the years of which a run id can tell. */
const imfFixdate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} 2\d{3} \d{2}:\d{2}:\d{2} GMT$/;

/** Within so much, two answers tell the same: a Date header is true to a second. */
const sameMs = 2_000;

/** @param localNow this machine's time, in milliseconds since 1970. */
export function createAzureClock(localNow: () => number): AzureClock {
  let aheadMs = 0;
  let lastSeen: number | undefined;
  return {
    now: () => localNow() + aheadMs,
    observe(date) {
      const azureNow = imfFixdate.test(date ?? '') ? Date.parse(date ?? '') : Number.NaN;
      if (!Number.isFinite(azureNow)) {
        return;
      }
      const seen = azureNow - localNow();
      // One answer that tells another time than the others moves nothing; two do.
      if (lastSeen === undefined || Math.abs(seen - lastSeen) < sameMs) {
        // Within the header's own second the machine's clock is the better one.
        aheadMs = Math.abs(seen) < sameMs ? 0 : seen;
      }
      lastSeen = seen;
    },
  };
}
