/** What became of one try of a callback. `why` names the host and nothing else of the URL. */
export type CallbackAnswer =
  | { delivered: true }
  | { delivered: false; retryable: false; why: string }
  | {
      delivered: false;
      retryable: true;
      why: string;
      /** Seconds that the receiver asks to wait, a day at most. */
      retryAfterSeconds?: number;
    };

const mostRetryAfterSeconds = 24 * 60 * 60;

/**
 * What a receiver's answer means. A redirect is not followed, so it is a failure for good; 410 says that the receiver wants no more
 * (Standard Webhooks, "Delivery success and failure").
 * @param retryAfter the header Retry-After; its form with a date is not looked at.
 */
export function callbackAnswer(host: string, status: number, retryAfter: string | undefined): CallbackAnswer {
  if (status >= 200 && status < 300) {
    return { delivered: true };
  }
  const why = `'${host}' answered ${status}.`;
  if (status !== 408 && status !== 429 && status < 500) {
    return { delivered: false, retryable: false, why };
  }
  return {
    delivered: false,
    retryable: true,
    why,
    ...(/^\d+$/.test(retryAfter ?? '') && {
      retryAfterSeconds: Math.min(Number(retryAfter), mostRetryAfterSeconds),
    }),
  };
}
