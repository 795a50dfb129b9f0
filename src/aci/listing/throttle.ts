import { ArmError } from '../errors.ts';

/** What waiting is done with. */
export type Patience = {
  /** The current time in milliseconds since 1970. */
  now: () => number;
  wait: (milliseconds: number) => Promise<void>;
  /** When to give up, in milliseconds since 1970. */
  until: number;
};

/** How long to wait after a 429 that does not say. */
const unsaidSeconds = 5;

/**
 * Makes a read, as long as there is time, and again after each 429, when ARM says, as long as that is within the time.
 * @throws what `read` throws; the 429 itself when its wait is too long; ArmError `ListTimedOut` when the time is over.
 */
export async function throughThrottles<Answer>(
  read: () => Promise<Answer>,
  patience: Patience,
): Promise<Answer> {
  for (;;) {
    if (patience.now() >= patience.until) {
      throw new ArmError({
        code: 'ListTimedOut',
        message: 'The list took too long already; this was not asked for any more.',
      });
    }
    try {
      return await read();
    } catch (error) {
      const waitMs =
        error instanceof ArmError && error.status === 429 ? waitOf(error) : Number.POSITIVE_INFINITY;
      if (patience.now() + waitMs > patience.until) {
        throw error;
      }
      await patience.wait(waitMs);
    }
  }
}

/** At least a second, so that a Retry-After of 0 does not become a storm of calls. */
function waitOf({ retryAfterSeconds = unsaidSeconds }: ArmError): number {
  return Math.max(1, retryAfterSeconds) * 1_000;
}
