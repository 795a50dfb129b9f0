import { ApiError, ConnectionLost, type Detail } from './apiError.ts';
import { createLimit } from './limit.ts';

/** The app's functions, as this page's user may call them. Paths are below `/api/`. */
export type Api = {
  /** @throws ApiError, ConnectionLost; an AbortError once the signal says so. */
  get<T>(path: string, signal: AbortSignal): Promise<T>;
  post<T>(
    path: string,
    body: unknown,
    options?: { signal?: AbortSignal; headers?: Record<string, string> },
  ): Promise<T>;
};

/** So many requests at a time; the rest wait for their turn. */
const mostAtOnce = 6;

/** An answer that takes longer counts as lost, in milliseconds. A launch may take 8 seconds, and a list of groups a minute. */
const patienceMs = 90_000;

/**
 * @param key sent as a header with every request, and never in a URL; undefined where none is needed, or a cookie says who calls.
 * @param refused is told of each answer that asks for another key, or for a sign-in.
 */
export function createApi(key: string | undefined, refused: (error: ApiError) => void): Api {
  const limited = createLimit(mostAtOnce);

  async function call<T>(path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<T> {
    const patience = AbortSignal.timeout(patienceMs);
    const given = init.signal ?? undefined;
    try {
      const answer = await fetch(`/api/${path}`, {
        ...init,
        headers: {
          accept: 'application/json',
          ...init.headers,
          ...(key !== undefined && { 'x-functions-key': key }),
        },
        cache: 'no-store',
        redirect: 'error',
        signal: given ? AbortSignal.any([given, patience]) : patience,
      });
      if (!answer.ok) {
        throw await errorOf(answer);
      }
      return (await answer.json()) as T;
    } catch (error) {
      if (error instanceof ApiError) {
        if (error.status === 401) {
          refused(error);
        }
        throw error;
      }
      throw given?.aborted ? given.reason : new ConnectionLost(error);
    }
  }

  return {
    get: (path, signal) => limited(() => call(path, { signal }), signal),
    post: (path, body, { signal, headers } = {}) =>
      call(path, {
        method: 'POST',
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      }),
  };
}

/** The app answers in Azure's envelope; the Functions host before it, which refuses keys, with nothing. */
async function errorOf(answer: Response): Promise<ApiError> {
  const { error } = ((await answer.json().catch(() => undefined)) ?? {}) as {
    error?: { code?: string; message?: string; details?: Detail[] };
  };
  const code = error?.code ?? `HTTP ${answer.status}`;
  return new ApiError(answer.status, code, error?.message ?? answer.statusText, error?.details);
}
