import { expect, test } from 'vitest';
import { isTraceparent, traceIdOf } from '../../src/runs/traceparent.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

test('a traceparent is one of W3C Trace Context, of a trace', () => {
  expect(isTraceparent(`00-${traceId}-00f067aa0ba902b7-01`)).toBe(true);
  expect(traceIdOf(`00-${traceId}-00f067aa0ba902b7-01`)).toBe(traceId);
});

test.each([
  '',
  traceId,
  `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
  `00-${traceId.toUpperCase()}-00f067aa0ba902b7-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `ff-${traceId}-00f067aa0ba902b7-01`,
  `00-${traceId}-00f067aa0ba902b7-01\r\nx: y`,
  `00-${traceId}-00f067aa0ba902b7-01-more`,
])('%j is none', (text) => {
  expect(isTraceparent(text)).toBe(false);
});
