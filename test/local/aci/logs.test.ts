import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf } from './armCaller.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const busy = 'setInterval(() => {}, 1000)';

async function ended(name: string) {
  await until(async () => {
    const { body } = await arm.get(name);
    return body.properties.containers[0].properties.instanceView.currentState.state === 'Terminated';
  });
}

test('logs are not ready before the container has started', async () => {
  await arm.put('job', groupOf(''));
  const { status, body } = await arm.logs('job');
  expect(status).toBe(409);
  expect(body.error.code).toBe('ContainerGroupDeploymentNotReady');
});

test('stdout and stderr are one text, line by line', async () => {
  await arm.provision(
    'job',
    groupOf("console.log('out'); console.error('err'); process.stdout.write('no line feed')"),
  );
  await ended('job');
  const lines = (await arm.logs('job')).body.content.split('\n');
  expect(lines.slice(0, 2).sort()).toEqual(['err', 'out']);
  expect(lines[2]).toBe('no line feed');
});

test('content is null when nothing was written', async () => {
  await arm.provision('job', groupOf(''));
  await ended('job');
  expect((await arm.logs('job')).body).toEqual({ content: null });
});

test('tail gives the last lines, timestamps say when', async () => {
  await arm.provision('job', groupOf("console.log('1\\n2\\n3')"));
  await ended('job');
  expect((await arm.logs('job', 'main', '?tail=2')).body.content).toBe('2\n3\n');
  expect((await arm.logs('job', 'main', '?tail=2&timestamps=true')).body.content).toMatch(
    /^2026-01-01T00:00:01\.\d{3}Z 2\n2026-01-01T00:00:01\.\d{3}Z 3\n$/,
  );
});

test.each(['?tail=0', '?tail=-1', '?tail=x', '?tail=1e3', '?timestamps=maybe'])(
  '%s is refused',
  async (query) => {
    await arm.provision('job', groupOf(''));
    expect((await arm.logs('job', 'main', query)).status).toBe(400);
  },
);

test('an unknown container has no logs', async () => {
  await arm.provision('job', groupOf(''));
  expect((await arm.logs('job', 'other')).status).toBe(404);
  expect((await arm.logs('none')).body.error.code).toBe('ResourceNotFound');
});

test('a running container shows all it wrote, up to 4 MB of the newest', async () => {
  const script = `const line = 'x'.repeat(1023) + '\\n'; for (let i = 0; i < 5000; i++) process.stdout.write(i + line); ${busy}`;
  await arm.provision('job', groupOf(script));
  const content = await until(async () => {
    const { body } = await arm.logs('job');
    return body.content?.includes('4999x') && (body.content as string);
  });
  expect(content.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(content.length).toBeGreaterThan(4 * 1024 * 1024 - 2_048);
  expect(content.startsWith('0x')).toBe(false);
});

test.each([
  ['1,000 lines', 'for (let i = 0; i < 1500; i++) console.log(i)', 500, 1_000],
  ['16 KB', "for (let i = 0; i < 100; i++) console.log(String(i).padEnd(1023, '.'))", 84, 16],
])('a container that has ended shows its last %s', async (_, script, first, count) => {
  await arm.provision('job', groupOf(script));
  await ended('job');
  const { content } = (await arm.logs('job')).body;
  const lines = content.trimEnd().split('\n');
  expect(lines).toHaveLength(count);
  expect(Number.parseInt(lines[0], 10)).toBe(first);
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(16 * 1024);
});

test('the cut never splits a character', async () => {
  await arm.provision('job', groupOf("console.log('€'.repeat(8000))"));
  await ended('job');
  const { content } = (await arm.logs('job')).body;
  expect(Buffer.byteLength(content)).toBeGreaterThan(16 * 1024 - 4);
  expect(content).toMatch(/^€+\n$/);
});

test('recreating a group loses its logs', async () => {
  await arm.provision('job', groupOf("console.log('old')"));
  await ended('job');
  await arm.put('job', groupOf("console.log('new')"));
  expect((await arm.logs('job')).body.error.code).toBe('ContainerGroupDeploymentNotReady');
  await arm.clock.advance(1_500);
  await ended('job');
  expect((await arm.logs('job')).body.content).toBe('new\n');
});
