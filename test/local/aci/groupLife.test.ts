import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf } from './armCaller.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const main = (body: { properties: { containers: { properties: { instanceView?: unknown } }[] } }) =>
  // biome-ignore lint/suspicious/noExplicitAny: see armCaller.ts
  body.properties.containers[0]?.properties.instanceView as any;

const groupState = async (name: string, state: string) => {
  const { body } = await arm.get(name);
  return body.properties.instanceView.state === state && body;
};

test('a new group is Pending, then Creating, and Succeeded once its containers run', async () => {
  const created = await arm.put('job', groupOf('setInterval(() => {}, 1000)'));
  expect(created.status).toBe(201);
  expect(created.body.properties.provisioningState).toBe('Pending');
  expect(created.body.properties.instanceView).toEqual({ events: [], state: 'Pending' });
  expect(main(created.body)).toBeUndefined();
  const operation = created.headers.get('azure-asyncoperation') ?? '';
  expect(operation).toMatch(/\/locations\/westeurope\/operations\/[0-9a-f-]{36}\?api-version=2018-06-01$/);
  expect(operation.startsWith(arm.emulator.armEndpoint)).toBe(true);
  expect((await arm.call('GET', operation)).body).toEqual({
    id: new URL(operation).pathname,
    status: 'Pending',
    startTime: '2026-01-01T00:00:00.000Z',
    properties: { events: [] },
  });

  await arm.clock.advance(300);
  const creating = await arm.get('job');
  expect(creating.body.properties.provisioningState).toBe('Creating');
  expect(main(creating.body).currentState.state).toBe('Waiting');
  expect(main(creating.body).events).toMatchObject([{ name: 'Pulling', count: 1, type: 'Normal' }]);

  await arm.clock.advance(900);
  const started = await arm.get('job');
  expect(started.body.properties.provisioningState).toBe('Creating');
  expect(main(started.body).currentState).toMatchObject({
    state: 'Running',
    startTime: '2026-01-01T00:00:01.200Z',
  });

  await arm.clock.advance(300);
  const ready = await arm.get('job');
  expect(ready.body.properties.provisioningState).toBe('Succeeded');
  expect(ready.body.properties.instanceView.state).toBe('Running');
  expect(main(ready.body).events.map((event: { name: string }) => event.name)).toEqual([
    'Pulling',
    'Pulled',
    'Created',
    'Started',
  ]);
  expect((await arm.call('GET', operation)).body.status).toBe('Succeeded');
});

test.each([
  [0, 'Succeeded', 'Completed'],
  [2, 'Failed', 'Error'],
])(
  'exit code %i under Never ends the group as %s, and provisioning is Succeeded',
  async (exitCode, state, detail) => {
    await arm.provision('job', groupOf(`process.exit(${exitCode})`));
    const body = await until(() => groupState('job', state));
    expect(body.properties.provisioningState).toBe('Succeeded');
    expect(main(body)).toMatchObject({
      restartCount: 0,
      currentState: { state: 'Terminated', exitCode, detailStatus: detail },
    });
    expect(main(body).currentState.finishTime).toMatch(/^2026-/);
  },
);

test('a command that does not exist ends with 127 and says so in an event', async () => {
  await arm.provision('job', groupOf('', { container: { command: ['/no/such/program'] } }));
  const body = await until(() => groupState('job', 'Failed'));
  expect(main(body).currentState).toMatchObject({ state: 'Terminated', exitCode: 127 });
  expect(main(body).events.at(-1)).toMatchObject({ name: 'Failed', type: 'Warning' });
  expect(main(body).events.map((event: { name: string }) => event.name)).not.toContain('Started');
});

test.each([['a\0b'], ['']])('a command that no system can start (%j) ends with 127 too', async (file) => {
  await arm.provision('job', groupOf('', { container: { command: [file] } }));
  const body = await until(() => groupState('job', 'Failed'));
  expect(main(body).currentState.exitCode).toBe(127);
});

test('Always, also when left out, starts a container that has ended again, later each time', async () => {
  const group = groupOf('process.exit(0)');
  group.properties.restartPolicy = undefined;
  await arm.provision('job', group);
  const waiting = async (restartCount: number) => {
    const view = main((await arm.get('job')).body);
    return view.currentState.state === 'Waiting' && view.restartCount === restartCount && view;
  };
  const first = await until(() => waiting(0));
  expect(first.previousState).toMatchObject({ state: 'Terminated', exitCode: 0 });
  await arm.clock.advance(999);
  expect(main((await arm.get('job')).body).restartCount).toBe(0);
  await arm.clock.advance(1);
  await until(() => waiting(1));
  await arm.clock.advance(1_999);
  expect(main((await arm.get('job')).body).restartCount).toBe(1);
  await arm.clock.advance(1);
  const third = await until(() => waiting(2));
  expect(third.events.find((event: { name: string }) => event.name === 'BackOff').count).toBe(3);
  expect((await arm.get('job')).body.properties.instanceView.state).toBe('Running');
});

test('OnFailure starts a container again until it ends with 0', async () => {
  const script = `
    const fs = require('fs'), mark = process.env.MARK;
    if (fs.existsSync(mark)) { fs.unlinkSync(mark); process.exit(0); }
    fs.writeFileSync(mark, ''); process.exit(3);`;
  const mark = `${process.env['TMPDIR'] ?? '/tmp'}/aci-test-${process.pid}-${Math.trunc(performance.now())}`;
  const environmentVariables = [{ name: 'MARK', value: mark }];
  await arm.provision(
    'job',
    groupOf(script, { properties: { restartPolicy: 'OnFailure' }, container: { environmentVariables } }),
  );
  await until(async () => main((await arm.get('job')).body).previousState?.exitCode === 3);
  await arm.clock.advance(1_000);
  const body = await until(() => groupState('job', 'Succeeded'));
  expect(main(body)).toMatchObject({ restartCount: 1, currentState: { exitCode: 0 } });
});

test('init containers run one after another before the containers do', async () => {
  const init = (name: string, exitCode: number) => ({
    name,
    properties: {
      image: 'i',
      command: [process.execPath, '-e', `console.log('${name}');process.exit(${exitCode})`],
    },
  });
  await arm.provision(
    'job',
    groupOf('', { properties: { initContainers: [init('one', 0), init('two', 0)] } }),
  );
  const body = await until(() => groupState('job', 'Succeeded'));
  const [one, two] = body.properties.initContainers.map((container: { properties: object }) =>
    main({ properties: { containers: [container] } }),
  );
  expect(one.currentState).toMatchObject({ state: 'Terminated', exitCode: 0 });
  expect(two.currentState).toMatchObject({ state: 'Terminated', exitCode: 0 });
  expect((await arm.logs('job', 'two')).body.content).toBe('two\n');

  await arm.provision(
    'bad',
    groupOf('', { properties: { initContainers: [init('one', 5), init('two', 0)] } }),
  );
  const failed = await until(() => groupState('bad', 'Failed'));
  expect(main(failed).currentState.state).toBe('Waiting');
});

test('an image that cannot be pulled fails provisioning, and the group can be written again', async () => {
  const reply = await arm.provision(
    'job',
    groupOf('', { container: { image: 'example.azurecr.io/fail-pull:1' } }),
  );
  const { body } = await arm.get('job');
  expect(body.properties.provisioningState).toBe('Failed');
  expect(main(body).events.map((event: { name: string }) => event.name)).toEqual([
    'Pulling',
    'Failed',
    'BackOff',
  ]);
  const operation = reply.headers.get('azure-asyncoperation') ?? '';
  expect((await arm.call('GET', operation)).body.status).toBe('Failed');
  expect((await arm.put('job', groupOf(''))).status).toBe(200);
});

test('a container without a command says that images are not run, and ends with 0', async () => {
  const group = groupOf('', { container: { command: undefined } });
  await arm.provision('job', group);
  await arm.clock.advance(300);
  await until(() => groupState('job', 'Succeeded'));
  expect((await arm.logs('job')).body.content).toMatch(/^The emulator does not run images: .*\n$/);
});
