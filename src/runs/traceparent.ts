const pattern = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;
const nobody = /^0+$/;

/** Whether a text is a `traceparent` of W3C Trace Context (https://www.w3.org/TR/trace-context/#traceparent-header). */
export function isTraceparent(text: string): boolean {
  const [, traceId = '0', parentId = '0'] = pattern.exec(text) ?? [];
  return !nobody.test(traceId) && !nobody.test(parentId);
}

/** The trace that a `traceparent` is of, 32 hexadecimal digits. */
export function traceIdOf(traceparent: string): string {
  return traceparent.split('-')[1] ?? '';
}
