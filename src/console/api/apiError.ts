/** One thing that the app found wrong with a request. */
export type Detail = { code: string; target: string; message: string };

/** What the app, Azure behind it or the Functions host before it answered instead of what was asked for. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly Detail[];

  constructor(status: number, code: string, message: string, details: readonly Detail[] = []) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** No answer came at all. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super('The app did not answer.', { cause });
    this.name = 'ConnectionLost';
  }
}

/** What to do about an error, besides what its message says. */
export function whatToDo({ status, code }: Pick<ApiError, 'status' | 'code'>): string {
  if (code === 'RunInProgress') {
    return 'Wait for that run, cancel it, or choose ifRunning: queue where the job allows it.';
  }
  const byStatus: Record<number, string> = {
    401: 'Give a key that opens this function; a host key opens all.',
    403: 'Ask whoever runs this app for the role or the scope that is missing.',
    404: 'It may have been deleted, or kept no longer; go back to the list.',
    429: 'Wait a minute and try again.',
    500: "Look into the app's log, by the time of this call.",
    502: 'Azure failed, not the app: try again in a minute.',
    503: 'Try again in a minute.',
    504: 'Azure took too long: try again in a minute.',
  };
  return byStatus[status] ?? '';
}

/** Whether the same request may well succeed a little later. */
export function passes(error: unknown): boolean {
  return (
    error instanceof ConnectionLost ||
    (error instanceof ApiError && (error.status === 429 || error.status >= 500))
  );
}

/**
 * Whether the app itself answered a request, so that what became of it is known. A 5xx without the app's own error is of whoever stands
 * before it, who may have given up on a request that was taken.
 */
export function wasAnswered(error: unknown): boolean {
  return error instanceof ApiError && !(error.status >= 500 && error.code.startsWith('HTTP '));
}
