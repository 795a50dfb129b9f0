import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../until.ts';
import { type ArmCaller, callArm, groupOf } from './armCaller.ts';
import { isAlive } from './isAlive.ts';

let arm: ArmCaller;

beforeEach(async () => {
  arm = await callArm();
});

afterEach(() => arm.emulator.close());

const busy = 'setInterval(() => {}, 1000)';

const firstLine = (name: string) =>
  until(async () => {
    const { body } = await arm.logs(name);
    return body.content?.split('\n')[0] as string | undefined;
  });

test('a process gets its own variables and what any process needs, nothing of ours', async () => {
  const environmentVariables = [
    { name: 'PLAIN', value: 'p' },
    { name: 'SECRET', secureValue: 's3cr3t' },
    { name: 'EMPTY', value: '' },
    { name: '__proto__', value: 'own' },
  ];
  const script = 'console.log(JSON.stringify(Object.entries(process.env)))';
  await arm.provision('job', groupOf(script, { container: { environmentVariables } }));
  const variables = new Map<string, string>(JSON.parse(await firstLine('job')));
  expect([...variables.keys()].sort()).toEqual(
    ['EMPTY', 'HOME', 'HOSTNAME', 'PATH', 'PLAIN', 'SECRET', '__proto__'].sort(),
  );
  expect(variables.get('SECRET')).toBe('s3cr3t');
  expect(variables.get('EMPTY')).toBe('');
  expect(variables.get('__proto__')).toBe('own');
  expect(variables.get('HOSTNAME')).toBe('job');
});

test('it starts in an empty folder of its own, which is gone afterwards', async () => {
  const script = `
    const fs = require('fs');
    console.log(JSON.stringify([process.cwd(), process.env.HOME, fs.readdirSync('.')]));
    fs.writeFileSync('left', 'behind')`;
  await arm.provision('job', groupOf(script));
  const [cwd, home, files] = JSON.parse(await firstLine('job'));
  expect(files).toEqual([]);
  expect(home).toBe(cwd);
  await until(() => !existsSync(cwd));
});

test('no shell reads the command', async () => {
  const command = [process.execPath, '-e', 'console.log(process.argv[1])', '$HOME; echo `id` > x'];
  await arm.provision('job', groupOf('', { container: { command } }));
  expect(await firstLine('job')).toBe('$HOME; echo `id` > x');
});

test('what a container leaves behind ends with its first process', async () => {
  const script = `
    const { spawn } = require('child_process');
    const child = spawn(process.execPath, ['-e', ${JSON.stringify(busy)}], { stdio: 'inherit' });
    console.log(child.pid);
    setTimeout(() => process.exit(0), 50)`;
  await arm.provision('job', groupOf(script));
  const pid = Number(await firstLine('job'));
  await until(async () => (await arm.get('job')).body.properties.instanceView.state === 'Succeeded');
  await until(() => !isAlive(pid));
});

test('a process that a signal ended has 128 and its number as exit code', async () => {
  await arm.provision('job', groupOf("process.kill(process.pid, 'SIGKILL')"));
  const { body } = await until(async () => {
    const reply = await arm.get('job');
    return reply.body.properties.instanceView.state === 'Failed' && reply;
  });
  expect(body.properties.containers[0].properties.instanceView.currentState.exitCode).toBe(137);
});

test('close() ends every process, those that ignore SIGTERM and those being replaced too', async () => {
  const stubborn = `process.on('SIGTERM', () => {}); console.log(process.pid); ${busy}`;
  await arm.provision('one', groupOf(stubborn));
  await arm.provision('two', groupOf(stubborn));
  const pids = [Number(await firstLine('one')), Number(await firstLine('two'))];
  await arm.put('two', groupOf(stubborn));
  await arm.emulator.close();
  expect(pids.map(isAlive)).toEqual([false, false]);
  arm = await callArm();
});

test('a secure value is in no answer and no line of the log', async () => {
  const environmentVariables = [{ name: 'SECRET', secureValue: 'c4n4ry' }];
  const replies = [await arm.provision('job', groupOf(busy, { container: { environmentVariables } }))];
  replies.push(await arm.get('job'));
  const twice = [{ name: 'SECRET', secureValue: 'c4n4ry', value: 'c4n4ry' }];
  replies.push(await arm.put('job', groupOf(busy, { container: { environmentVariables: twice } })));
  const wrong = [{ name: 'SECRET', secureValue: ['c4n4ry'] }];
  replies.push(await arm.put('job', groupOf(busy, { container: { environmentVariables: wrong } })));
  replies.push(await arm.put('job', `{"properties": "c4n4ry`));
  const notStartable = { environmentVariables, command: ['/no/such'] };
  await arm.provision('bad', groupOf('', { container: notStartable }));
  replies.push(await arm.get('bad'));
  expect(JSON.stringify(replies.map(({ body }) => body))).not.toContain('c4n4ry');
  expect(arm.lines.join()).not.toContain('c4n4ry');
  expect(arm.lines.join()).not.toContain(arm.token);
});
