import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { usage } from '../../../local/aci/cli.ts';
import { routes } from '../../../local/aci/routes/table.ts';
import { until } from '../../until.ts';
import { type ArmCaller, callArm } from './armCaller.ts';

const readme = readFileSync(new URL('../../../local/aci/README.md', import.meta.url), 'utf8');
/** What the README's curl lines send, in their order. */
const [group, fault, token] = [...readme.matchAll(/-d '(\{[\s\S]*?\})'/g)].map(([, body = '']) => body);
let arm: ArmCaller;

beforeAll(async () => {
  arm = await callArm();
});

afterAll(() => arm.emulator.close());

const control = (what: string, body: string | undefined) =>
  fetch(`${arm.emulator.armEndpoint}/emulator/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-IDENTITY-HEADER': arm.emulator.identityHeader },
    body: body ?? '',
  });

test('the first group of the README says hello', async () => {
  expect((await arm.provision('hello', group)).status).toBe(201);
  await until(async () => (await arm.logs('hello')).body.content === 'hello\n');
});

test('the first fault of the README keeps it busy twice', async () => {
  expect((await control('faults', fault)).status).toBe(201);
  const codes: (string | undefined)[] = [];
  for (let i = 0; i < 3; i += 1) {
    codes.push((await arm.put('hello', group)).body.error?.code);
  }
  expect(codes).toEqual(['ContainerGroupTransitioning', 'ContainerGroupTransitioning', undefined]);
});

test('the fault that loses a principal its subscription can be added', async () => {
  const [, example] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
  expect((await control('faults', example)).status).toBe(201);
  expect((await fetch(`${arm.emulator.armEndpoint}/emulator/reset`, { method: 'POST' })).status).toBe(204);
});

test('the token of the README can be had', async () => {
  const minted = await control('tokens', token);
  expect([minted.status, Object.keys((await minted.json()) as object)]).toEqual([
    201,
    ['token', 'expiresOn'],
  ]);
});

test('the README names every option and every route', () => {
  const options = usage.match(/--[a-z-]+/g) ?? [];
  const words = routes.map(({ path }) => path.split('/').findLast((word) => !word.startsWith('{')) ?? '');
  expect([...options, ...words].filter((word) => !readme.includes(word))).toEqual([]);
});
