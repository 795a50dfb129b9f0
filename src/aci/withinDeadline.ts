/**
 * Makes one request within a deadline; a credential may wait for its endpoint without looking at the signal. Nothing is left of
 * the deadline once the request is answered: `AbortSignal.timeout` would stay, with all that waits for it, until its time.
 * @returns rejects with the SDK's own error, or a TimeoutError.
 */
export async function withinDeadline<Result>(
  deadlineMs: number,
  request: (abortSignal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const reason = new DOMException('The deadline is over.', 'TimeoutError');
    late.reject(reason);
    deadline.abort(reason);
  }, deadlineMs).unref();
  try {
    return await Promise.race([Promise.try(request, deadline.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
