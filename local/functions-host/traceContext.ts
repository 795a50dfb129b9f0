import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The trace context that the host gives an invocation (W3C Trace Context). */
export type TraceContext = { traceParent: string; traceState: string; attributes: Record<string, string> };

/**
 * An invocation is a span of its own: of the trace that its HTTP caller says it is part of, else of a new one, as for every queue
 * message and timer.
 */
export function newTraceContext(request?: IncomingMessage): TraceContext {
  const [, traceId = randomBytes(16).toString('hex'), flags = '00'] =
    /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(
      request?.headersDistinct['traceparent']?.join() ?? '',
    ) ?? [];
  return {
    traceParent: `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`,
    traceState: '',
    attributes: {},
  };
}
