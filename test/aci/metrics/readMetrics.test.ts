import { describe, expect, test } from 'vitest';
import { parseLossless } from '../../../src/aci/losslessJson.ts';
import type { MetricsQuery } from '../../../src/aci/metrics/metrics.ts';
import { readMetrics } from '../../../src/aci/metrics/readMetrics.ts';

const asked: MetricsQuery = {
  timespan: { start: Date.UTC(2026, 0, 1, 10), end: Date.UTC(2026, 0, 1, 11) },
  interval: 'PT1M',
};
const at = (minute: number) => `2026-01-01T10:0${minute}:00Z`;

/** A metric as Azure Monitor's specification has it, with a series for each container. */
const metric = (name: string, series: Record<string, unknown>, more: object = {}) => ({
  id: `/subscriptions/x/providers/Microsoft.Insights/metrics/${name}`,
  type: 'Microsoft.Insights/metrics',
  name: { value: name, localizedValue: name },
  unit: 'Count',
  timeseries: Object.entries(series).map(([container, data]) => ({
    metadatavalues: [{ name: { value: 'containername', localizedValue: 'containername' }, value: container }],
    data,
  })),
  errorCode: 'Success',
  ...more,
});
const answer = (...value: unknown[]) => ({
  cost: 118,
  timespan: '2026-01-01T10:00:00Z/2026-01-01T11:00:00Z',
  interval: 'PT1M',
  value,
});

describe("Azure Monitor's answer", () => {
  test('is read by container, in the order of their names', () => {
    const cpu = { timeStamp: at(1), average: 12.5, maximum: 40 };
    const memory = { timeStamp: at(1), average: 1_048_576, maximum: 2_097_152 };

    expect(
      readMetrics(
        answer(metric('CpuUsage', { side: [cpu], main: [cpu] }), metric('MemoryUsage', { main: [memory] })),
        asked,
      ),
    ).toEqual({
      timespan: { start: '2026-01-01T10:00:00Z', end: '2026-01-01T11:00:00Z' },
      interval: 'PT1M',
      containers: [
        {
          name: 'main',
          cpuMillicores: [{ time: at(1), average: 12.5, maximum: 40 }],
          memoryBytes: [{ time: at(1), average: 1_048_576, maximum: 2_097_152 }],
        },
        {
          name: 'side',
          cpuMillicores: [{ time: at(1), average: 12.5, maximum: 40 }],
          memoryBytes: [],
        },
      ],
    });
  });

  test('has gaps, which are left out; nothing used is no gap', () => {
    const data = [
      { timeStamp: at(0) },
      { timeStamp: at(1), average: 0, maximum: 0 },
      { timeStamp: at(2), average: null },
      { timeStamp: at(3), maximum: 7 },
      { average: 1 },
      { timeStamp: at(4), average: '5' },
    ];
    const { containers } = readMetrics(
      answer(metric('CpuUsage', { main: data, none: [{ timeStamp: at(0) }] })),
      asked,
    );

    expect(containers).toEqual([
      {
        name: 'main',
        cpuMillicores: [
          { time: at(1), average: 0, maximum: 0 },
          { time: at(3), maximum: 7 },
        ],
        memoryBytes: [],
      },
    ]);
  });

  test('of a group that was never measured holds no container', () => {
    expect(readMetrics(answer(metric('CpuUsage', {}), metric('MemoryUsage', {})), asked).containers).toEqual(
      [],
    );
  });

  test('may have more digits than a number, and is a number all the same', () => {
    const text = JSON.stringify(answer(metric('MemoryUsage', { main: [{ timeStamp: at(1), average: 0 }] })));
    const parsed = parseLossless(text.replace('"average":0', '"average":8859648.3333333333333333'));

    const [point] = readMetrics(parsed, asked).containers[0]?.memoryBytes ?? [];
    expect(point).toEqual({ time: at(1), average: 8859648.333333334 });
    expect(typeof point?.average).toBe('number');
  });

  test('may leave out what it was asked, which is answered then', () => {
    expect(readMetrics({ value: [] }, asked)).toEqual({
      timespan: { start: '2026-01-01T10:00:00.000Z', end: '2026-01-01T11:00:00.000Z' },
      interval: 'PT1M',
      containers: [],
    });
    expect(readMetrics({ timespan: 'x/y', interval: 5, value: [] }, asked).interval).toBe('PT1M');
  });

  test('holds metrics and dimensions that nobody asked for, and they are passed over', () => {
    const other = { metadatavalues: [{ name: { value: 'region' }, value: 'x' }], data: [{ average: 1 }] };

    expect(
      readMetrics(
        answer(metric('Other', { main: [{ timeStamp: at(1), average: 1 }] }), {
          ...metric('CpuUsage', {}),
          timeseries: [other, { data: [{ timeStamp: at(1), average: 1 }] }, null, 'x'],
        }),
        asked,
      ).containers,
    ).toEqual([]);
  });

  test('with a metric that failed is an error: a group at rest would look the same', () => {
    const failed = metric('MemoryUsage', {}, { errorCode: 'InvalidSamplingType', errorMessage: 'Not so.' });

    expect(() => readMetrics(answer(metric('CpuUsage', {}), failed), asked)).toThrow(
      expect.objectContaining({
        code: 'MetricUnavailable',
        message: "Azure Monitor could not answer the metric 'MemoryUsage' (InvalidSamplingType). Not so.",
      }),
    );
  });

  test.each([undefined, null, [], 'x', {}, { value: {} }, { value: 'x' }])(
    'that is no list of metrics, such as %j, is an error',
    (given) => {
      expect(() => readMetrics(given, asked)).toThrow(expect.objectContaining({ code: 'UnexpectedAnswer' }));
    },
  );

  test('of any length is read so far only', () => {
    const data = Array.from({ length: 5_000 }, () => ({ timeStamp: at(1), average: 1 }));
    const names = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`c${index}`, data]));
    const { containers } = readMetrics(answer(metric('CpuUsage', names)), asked);

    expect(containers).toHaveLength(200);
    expect(containers[0]?.cpuMillicores).toHaveLength(2_000);
  });
});
