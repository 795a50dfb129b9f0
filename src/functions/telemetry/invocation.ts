import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import type { RunEvent } from '../../runs/events/runEvent.ts';
import { isTraceparent, traceIdOf } from '../../runs/traceparent.ts';

/** What a function is doing right now, for what is far below it: where to log, and whose trace it is part of. */
type Invocation = { context: InvocationContext; traceparent: string | undefined };

const invocations = new AsyncLocalStorage<Invocation>();

/** Does the work of an invocation, which is part of the trace that the host gives it: for HTTP that is the caller's own. */
export function within<Value>(context: InvocationContext, work: () => Promise<Value>): Promise<Value> {
  const traceparent = context.traceContext?.traceParent;
  return invocations.run(
    { context, traceparent: traceparent && isTraceparent(traceparent) ? traceparent : undefined },
    work,
  );
}

/** Does work of an invocation for a request that came before, as part of that request's trace. */
export function inTrace<Value>(traceparent: string | undefined, work: () => Promise<Value>): Promise<Value> {
  const invocation = invocations.getStore();
  return invocation && traceparent !== undefined
    ? invocations.run({ ...invocation, traceparent }, work)
    : work();
}

/** The `traceparent` of what is being done; undefined outside an invocation, and where the host gives none. */
export function currentTraceparent(): string | undefined {
  return invocations.getStore()?.traceparent;
}

/**
 * The headers by which a call to ARM is part of what is being done. ARM shows the second as the correlation id of its activity log; it
 * takes GUIDs, and a trace id has as many digits.
 */
export function traceHeaders(): Record<string, string> {
  const traceparent = currentTraceparent();
  if (traceparent === undefined) {
    return {};
  }
  const guid = traceIdOf(traceparent).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { traceparent, 'x-ms-correlation-request-id': guid };
}

/**
 * Logs an event as one line of JSON, which is all the structure that the Node.js worker hands on: properties beside a message are
 * joined to its text (https://github.com/Azure/azure-functions-nodejs-library/issues/227). Queries take it apart with `parse_json`.
 */
export function logEvent({ event, ...rest }: RunEvent): void {
  const line = JSON.stringify({ event, ...rest }); // its name first, so that a query can find it by how the line begins
  const context = invocations.getStore()?.context;
  if (context) {
    context.info(line);
  } else {
    console.info(line);
  }
}
