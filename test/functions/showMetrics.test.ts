import { beforeEach, describe, expect, test } from 'vitest';
import { ArmError } from '../../src/aci/errors.ts';
import type { HttpFunction } from '../../src/functions/http/endpoint.ts';
import { showMetrics } from '../../src/functions/showMetrics.ts';
import { type InMemoryContainerGroups, inMemoryContainerGroups } from '../runs/inMemoryContainerGroups.ts';
import { groupOf } from '../runs/markedGroup.ts';
import { call, collaboratorsOf, groupParams as params, resourceId } from './call.ts';

let groups: InMemoryContainerGroups;
let metrics: HttpFunction;
beforeEach(() => {
  groups = inMemoryContainerGroups(groupOf({}));
  metrics = showMetrics(collaboratorsOf(groups, { now: () => Date.parse('2026-01-31T13:00:00Z') }));
});

const lastHour = '2026-01-31T12:00:00.000Z/2026-01-31T13:00:00.000Z';

describe('the metrics of a group', () => {
  test('are those of its containers in the last hour by minutes, for one call to Azure', async () => {
    const point = { time: '2026-01-31T12:58:00Z', average: 250, maximum: 900 };
    groups.usage = [{ name: 'main', cpuMillicores: [point], memoryBytes: [] }];

    const { status, json } = await call(metrics, { params });

    expect(status).toBe(200);
    expect(json).toEqual({
      containerGroup: resourceId,
      timespan: { start: '2026-01-31T12:00:00.000Z', end: '2026-01-31T13:00:00.000Z' },
      interval: 'PT1M',
      containers: [{ name: 'main', cpuMillicores: [point], memoryBytes: [] }],
    });
    expect(groups.calls).toEqual([`listMetrics nightly ${lastHour} PT1M`]);
  });

  test.each([
    ['?timespan=PT1M', '2026-01-31T12:59:00.000Z', 'PT1M'],
    ['?timespan=PT90M', '2026-01-31T11:30:00.000Z', 'PT1M'],
    ['?timespan=P1D', '2026-01-30T13:00:00.000Z', 'PT1M'],
    ['?timespan=P1DT1M', '2026-01-30T12:59:00.000Z', 'PT5M'],
    ['?timespan=P7D', '2026-01-24T13:00:00.000Z', 'PT15M'],
    ['?timespan=P30D', '2026-01-01T13:00:00.000Z', 'PT30M'],
    ['?timespan=P30D&interval=PT12H', '2026-01-01T13:00:00.000Z', 'PT12H'],
    ['?interval=PT1H', '2026-01-31T12:00:00.000Z', 'PT1H'],
    ['?timespan=PT6H&interval=PT15M', '2026-01-31T07:00:00.000Z', 'PT15M'],
  ])('with %s begin at %s, by %s', async (query, start, interval) => {
    expect((await call(metrics, { params, query })).status).toBe(200);
    expect(groups.calls).toEqual([`listMetrics nightly ${start}/2026-01-31T13:00:00.000Z ${interval}`]);
  });

  test.each([
    ['?timespan=1h', ['timespan']],
    ['?timespan=', ['timespan']],
    ['?timespan=P', ['timespan']],
    ['?timespan=PT', ['timespan']],
    ['?timespan=P1DT', ['timespan']],
    ['?timespan=pt1h', ['timespan']],
    ['?timespan=PT0M', ['timespan']],
    ['?timespan=PT30S', ['timespan']],
    ['?timespan=-PT1H', ['timespan']],
    ['?timespan=P1M', ['timespan']],
    ['?timespan=P30DT1M', ['timespan']],
    ['?timespan=P99999DT99999H', ['timespan']],
    ['?timespan=P999999999999999D', ['timespan']],
    ['?timespan=2026-01-31T12:00:00Z/2026-01-31T13:00:00Z', ['timespan']],
    ['?interval=', ['interval']],
    ['?interval=PT2M', ['interval']],
    ['?interval=P1D', ['interval']],
    ['?interval=FULL', ['interval']],
    ['?interval=__proto__', ['interval']],
    ['?interval=PT6H', ['interval']],
    ['?timespan=P2D&interval=PT1M', ['interval']],
    ['?timespan=P30D&interval=PT15M', ['interval']],
    ['?timespan=ever&interval=often', ['timespan', 'interval']],
  ])('with %s are refused, every fault named, and Azure is not asked', async (query, targets) => {
    const { status, json } = await call(metrics, { params, query });

    expect(status).toBe(400);
    expect(json.error.details.map(({ target }: { target: string }) => target)).toEqual(targets);
    expect(groups.calls).toEqual([]);
  });

  test('say which intervals a timespan takes', async () => {
    const { json } = await call(metrics, { params, query: '?timespan=P7D&interval=PT1M' });

    expect(json.error.message).toBe(
      "interval 'PT1M' must be one of PT15M, PT30M, PT1H, PT6H, PT12H over a timespan of P7D.",
    );
  });

  test('of a group that is not there are not found', async () => {
    expect(await call(metrics, { params: { ...params, name: 'other' } })).toMatchObject({
      status: 404,
      json: { error: { code: 'ResourceNotFound' } },
    });
  });

  test.each([
    [{ code: 'AuthorizationFailed', status: 403 }, 403],
    [{ code: 'BadRequest', status: 400 }, 400],
    [{ code: 'SubscriptionRequestsThrottled', status: 429 }, 429],
    [{ code: 'MetricUnavailable' }, 502],
  ])("that Azure refuses with %j are Azure's own error", async (error, status) => {
    groups.failures.listMetrics = { error: new ArmError({ message: 'No.', ...error }) };

    expect(await call(metrics, { params })).toMatchObject({ status, json: { error: { code: error.code } } });
  });

  test("with names that break ARM's rules are refused, and Azure is not asked", async () => {
    expect((await call(metrics, { params: { ...params, name: '..' } })).status).toBe(400);
    expect(groups.calls).toEqual([]);
  });
});
