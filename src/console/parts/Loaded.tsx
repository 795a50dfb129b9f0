import type { ComponentChildren } from 'preact';
import type { Polled } from '../hooks/usePolled.ts';
import { Problem } from './Problem.tsx';

type LoadedProps<T> = { of: Polled<T>; what: string; children: (value: T) => ComponentChildren };

/** What was asked for once it is there, and until then, or when it is not to be had, what there is to say. */
export function Loaded<T>({ of: { value, error, isReconnecting }, what, children }: LoadedProps<T>) {
  return (
    <>
      {isReconnecting && (
        <p class="reconnecting" role="status">
          <span class="spinner" aria-hidden="true" /> The connection is lost; reconnecting…
          {value !== undefined && ' What you see is as it was last known.'}
        </p>
      )}
      {error !== undefined && !isReconnecting && <Problem error={error} />}
      {value === undefined && error === undefined && (
        <p class="quiet" role="status">
          <span class="spinner" aria-hidden="true" /> Loading {what}…
        </p>
      )}
      {value !== undefined && children(value)}
    </>
  );
}
