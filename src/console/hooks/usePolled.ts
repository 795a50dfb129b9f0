import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { passes } from '../api/apiError.ts';
import { backoffMs } from '../polling.ts';

export type Polled<T> = {
  value: T | undefined;
  /** Why there is none, or no newer one. */
  error: unknown;
  /** Whether it is asked for again, since the last attempt failed in a way that passes. */
  isReconnecting: boolean;
  isLoading: boolean;
  /** Asks again at once. */
  refresh: () => void;
};

/**
 * Asks for something, and again as long as it changes: one request at a time, none while the tab is hidden, and none once the view is
 * left.
 * @param key tells what is asked for; another one starts afresh.
 * @param nextAfter in how many milliseconds to ask again; undefined for not at all.
 */
export function usePolled<T>(
  key: string,
  load: (signal: AbortSignal, before: T | undefined) => Promise<T>,
  nextAfter: (value: T) => number | undefined = () => undefined,
): Polled<T> {
  const [state, setState] = useState<{ key: string } & Omit<Polled<T>, 'refresh'>>(nothing(key));
  const latest = useRef({ load, nextAfter });
  latest.current = { load, nextAfter };
  const wake = useRef(() => {});

  useEffect(() => {
    const left = new AbortController();
    setState(nothing(key));
    void poll(left.signal);
    return () => left.abort(new DOMException('The view was left.', 'AbortError'));

    async function poll(signal: AbortSignal): Promise<void> {
      let failures = 0;
      let value: T | undefined;
      while (!signal.aborted) {
        let next: number | undefined;
        try {
          setState((before) => ({ ...before, isLoading: true }));
          value = await latest.current.load(signal, value);
          failures = 0;
          next = latest.current.nextAfter(value);
          setIfThere({ key, value, error: undefined, isReconnecting: false, isLoading: false });
        } catch (error) {
          const isReconnecting = passes(error);
          failures += 1;
          next = isReconnecting ? backoffMs(failures) : undefined;
          setIfThere({ key, value, error, isReconnecting, isLoading: false });
        }
        await woken(signal, next);
        await shown(signal);
      }

      function setIfThere(to: typeof state): void {
        if (!signal.aborted) {
          setState(to);
        }
      }
    }

    /** Settles after a while, when somebody wants to see it now, when the connection is back, or when the view is left. */
    function woken(signal: AbortSignal, after: number | undefined): Promise<void> {
      return new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const timer = after === undefined ? undefined : setTimeout(end, after);
        wake.current = end;
        window.addEventListener('online', end);
        signal.addEventListener('abort', end);
        function end(): void {
          clearTimeout(timer);
          window.removeEventListener('online', end);
          signal.removeEventListener('abort', end);
          resolve();
        }
      });
    }
  }, [key]);

  const refresh = useCallback(() => wake.current(), []);
  return { ...(state.key === key ? state : nothing<T>(key)), refresh };
}

/** Settles when the tab can be seen. */
function shown(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (!document.hidden || signal.aborted) {
      resolve();
      return;
    }
    document.addEventListener('visibilitychange', end);
    signal.addEventListener('abort', end);
    function end(): void {
      document.removeEventListener('visibilitychange', end);
      signal.removeEventListener('abort', end);
      resolve();
    }
  });
}

function nothing<T>(key: string): { key: string } & Omit<Polled<T>, 'refresh'> {
  return { key, value: undefined, error: undefined, isReconnecting: false, isLoading: true };
}
