import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, type Body, callArm, groupOf, subscriptionId } from './armCaller.ts';

let arm: ArmCaller;
beforeEach(async () => {
  arm = await callArm();
});
afterEach(() => arm.emulator.close());

const idle = 'setInterval(() => {}, 1000)';
const version = '2024-02-01';

const metrics = (name: string, query: Record<string, string> = {}, apiVersion = version) =>
  arm.call(
    'GET',
    `${arm.path(name)}/providers/Microsoft.Insights/metrics?${new URLSearchParams(query)}`,
    undefined,
    apiVersion,
  );

const each = { $filter: "containerName eq '*'" };
const both = { metricnames: 'CpuUsage,MemoryUsage', aggregation: 'Average,maximum' };
const withValues = (series: Body) => series.data.filter((point: Body) => 'average' in point);

describe.runIf(process.platform === 'linux')('of what runs', () => {
  test('CPU and memory are answered by minutes as Azure Monitor does, with gaps where nothing ran', async () => {
    await arm.provision('job', groupOf(idle));
    await arm.clock.advance(120_000);

    const { status, body } = await metrics('job', { ...both, ...each, timespan: 'PT5M' });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      timespan: '2025-12-31T23:57:01Z/2026-01-01T00:02:01Z',
      interval: 'PT1M',
      namespace: 'Microsoft.ContainerInstance/containerGroups',
      resourceregion: 'westeurope',
    });
    const [cpu, memory] = body.value;
    expect(cpu).toMatchObject({
      id: `${arm.path('job')}/providers/Microsoft.Insights/metrics/CpuUsage`,
      type: 'Microsoft.Insights/metrics',
      name: { value: 'CpuUsage' },
      unit: 'Count',
      errorCode: 'Success',
    });
    expect(memory).toMatchObject({ name: { value: 'MemoryUsage' }, unit: 'Bytes' });
    for (const { timeseries } of [cpu, memory]) {
      expect(timeseries).toHaveLength(1);
      expect(timeseries[0].metadatavalues).toMatchObject([
        { name: { value: 'containername' }, value: 'main' },
      ]);
      expect(timeseries[0].data.map(({ timeStamp }: Body) => timeStamp)).toEqual([
        '2025-12-31T23:57:00Z',
        '2025-12-31T23:58:00Z',
        '2025-12-31T23:59:00Z',
        '2026-01-01T00:00:00Z',
        '2026-01-01T00:01:00Z',
        '2026-01-01T00:02:00Z',
      ]);
      expect(Object.keys(timeseries[0].data[0])).toEqual(['timeStamp']);
      expect(withValues(timeseries[0]).map(({ timeStamp }: Body) => timeStamp)).toEqual([
        '2026-01-01T00:00:00Z',
        '2026-01-01T00:01:00Z',
        '2026-01-01T00:02:00Z',
      ]);
    }
    const [first] = withValues(memory.timeseries[0]);
    expect(first.average).toBeGreaterThan(1_000_000);
    expect(first.maximum).toBeGreaterThanOrEqual(first.average);
    expect(first).not.toHaveProperty('minimum');
  });

  test('the memory is what the process really holds', async () => {
    const held = 100 * 1024 * 1024;
    await arm.provision(
      'job',
      groupOf(`const held = Buffer.alloc(${held}, 1); ${idle.replace('{}', 'held')}`),
    );

    await until(async () => {
      const { body } = await metrics('job', { metricnames: 'MemoryUsage', aggregation: 'maximum' });
      return body.value[0].timeseries[0].data.at(-1).maximum > held;
    });
  });

  test('the time that a script takes of a core is seen', async () => {
    await arm.provision('job', groupOf(`for (const end = Date.now() + 300; Date.now() < end; ); ${idle}`));
    await arm.clock.advance(1_000);

    await until(async () => {
      await arm.clock.advance(1_000);
      const { body } = await metrics('job', { aggregation: 'maximum' });
      return body.value[0].timeseries[0].data.some(({ maximum }: Body) => maximum > 0);
    });
  });

  test('containers are told apart by the filter, and are one without it', async () => {
    const side = groupOf(idle).properties.containers[0];
    const group = groupOf(idle);
    group.properties.containers.push({ ...side, name: 'side' });
    await arm.provision('job', group);
    const query = { metricnames: 'MemoryUsage', aggregation: 'average,maximum' };

    const names = async (more: Record<string, string>) =>
      (await metrics('job', { ...query, ...more })).body.value[0].timeseries.map(
        ({ metadatavalues }: Body) => metadatavalues[0]?.value,
      );
    expect(await names(each)).toEqual(['main', 'side']);
    expect(await names({ $filter: "containerName eq 'side'" })).toEqual(['side']);
    expect(await names({ $filter: "ContainerName eq 'main' or containerName eq 'side'" })).toEqual([
      'main',
      'side',
    ]);
    expect(await names({ $filter: "containerName eq 'none'" })).toEqual([]);
    expect(await names({ ...each, top: '1' })).toEqual(['main']);
    expect(await names({})).toEqual([undefined]);
  });

  test('a group keeps them when it is written again, and a reset of the emulator forgets them', async () => {
    await arm.provision('job', groupOf(idle));
    await arm.clock.advance(60_000);
    await arm.provision('job', groupOf(''));
    const measured = async () => (await metrics('job', each)).body.value[0].timeseries.length;
    expect(await measured()).toBe(1);

    await arm.emulator.reset();
    await arm.put('job', groupOf(''));
    expect(await measured()).toBe(0);
  });
});

test('of an image that only follows a script there is nothing, rather than zeros', async () => {
  await arm.put('job', groupOf('', { container: { command: undefined } }));
  await arm.clock.advance(1_300);
  expect((await arm.get('job')).body.properties.instanceView.state).toBe('Running');

  expect((await metrics('job', { ...both, ...each })).body.value).toMatchObject([
    { timeseries: [] },
    { timeseries: [] },
  ]);
  const { body } = await metrics('job', both);
  expect(body.value[0].timeseries).toHaveLength(1);
  expect(withValues(body.value[0].timeseries[0])).toEqual([]);
});

test('the network is a metric without values, and without containers', async () => {
  await arm.provision('job', groupOf(''));
  const network = { metricnames: 'NetworkBytesReceivedPerSecond,NetworkBytesTransmittedPerSecond' };

  const { status, body } = await metrics('job', network);
  expect(status).toBe(200);
  expect(withValues(body.value[1].timeseries[0])).toEqual([]);
  expect((await metrics('job', { ...network, ...each })).status).toBe(400);
});

test.each([
  ['PT5M', 13],
  ['PT30M', 3],
  ['PT1H', 2],
])('an interval of %s over an hour and a second is %i points', async (interval, points) => {
  await arm.provision('job', groupOf(''));
  const timespan = '2025-12-31T23:00:00Z/2026-01-01T00:00:01Z';

  const { body } = await metrics('job', { interval, timespan });
  expect(body.interval).toBe(interval);
  expect(body.value[0].timeseries[0].data).toHaveLength(points);
});

test.each([
  ['PT2H', '2025-12-31T22:00:01Z/2026-01-01T00:00:01Z'],
  ['2025-12-31T20:00:00Z/PT2H', '2025-12-31T20:00:00Z/2025-12-31T22:00:00Z'],
  ['PT2H/2025-12-31T20:00:00', '2025-12-31T18:00:00Z/2025-12-31T20:00:00Z'],
  ['2025-12-31T20:00:00+02:00/2025-12-31T20:00Z', '2025-12-31T18:00:00Z/2025-12-31T20:00:00Z'],
  ['P90D', '2025-12-01T00:00:01Z/2026-01-01T00:00:01Z'],
])('a timespan of %s is %s', async (timespan, said) => {
  await arm.provision('job', groupOf(''));
  expect((await metrics('job', { timespan, interval: 'PT12H' })).body.timespan).toBe(said);
});

test.each([
  [{ metricnames: 'CpuUsage,Speed' }, /metric: Speed, Valid metrics: CpuUsage,MemoryUsage,Network/],
  [{ metricnames: '' }, /Failed to find metric configuration/],
  [{ interval: 'P1D' }, /can not support requested time grain: P1D/],
  [{ interval: 'constructor' }, /can not support requested time grain/],
  [{ timespan: 'yesterday' }, /Detected invalid time interval input: yesterday/],
  [{ timespan: 'PT1H/PT1H' }, /Detected invalid time interval input/],
  [{ timespan: '2026-01-01T00:00:00Z/2025-01-01T00:00:00Z' }, /Detected invalid time interval input/],
  [{ timespan: '2026-13-01T00:00:00Z/PT1H' }, /Detected invalid time interval input/],
  [
    { timespan: '2025-05-01T00:00:00Z/2025-06-01T12:00:00Z' },
    /^Query endTime: 6\/1\/2025 12:00:00 PM is out of the Max metrics retention period: 93\.00:00:00$/,
  ],
  [{ aggregation: 'median' }, /'aggregation'/],
  [{ $filter: "pod eq '*'" }, /'\$filter'/],
  [{ top: '0' }, /'top'/],
])('%j is refused in the words of Azure Monitor, without the envelope of ARM', async (query, message) => {
  await arm.provision('job', groupOf(''));

  const { status, body } = await metrics('job', query as Record<string, string>);
  expect(status).toBe(400);
  expect(body).toEqual({ code: 'BadRequest', message: expect.stringMatching(message) });
});

test('names of metrics are taken in any case', async () => {
  await arm.provision('job', groupOf(''));
  expect((await metrics('job', { metricnames: 'CPUUsage' })).body.value[0].name.value).toBe('CpuUsage');
});

describe('ARM refuses', () => {
  test('what is asked of a group that is not there', async () => {
    const { status, body } = await metrics('none');
    expect(status).toBe(404);
    expect(body.error.code).toBe('ResourceNotFound');
  });

  test('the versions of container groups', async () => {
    await arm.provision('job', groupOf(''));
    expect((await metrics('job', {}, '2026-07-01')).body.error.code).toBe('NoRegisteredProviderFound');
  });

  test('who has no token, or not the right to read metrics', async () => {
    const url = `${arm.emulator.armEndpoint}${arm.path('job')}/providers/microsoft.insights/metrics?api-version=${version}`;
    expect((await fetch(url)).status).toBe(401);

    arm.emulator.faults.add({
      action: 'error',
      code: 'AuthorizationFailed',
      path: `/subscriptions/${subscriptionId}/**/providers/Microsoft.Insights/metrics`,
    });
    const { status, body } = await metrics('job');
    expect(status).toBe(403);
    expect(body.error.message).toContain("perform action 'Microsoft.Insights/metrics/read' over scope");
  });
});
