import { expect, test } from 'vitest';
import { readLauncherSecret } from '../../../src/runs/sealing/readLauncherSecret.ts';

const [a, b] = ['a'.repeat(32), 'b'.repeat(64)];

test.each([
  [undefined, []],
  ['', []],
  ['  ', []],
  [a, [a]],
  [` ${a} , ${b} `, [a, b]],
  [`${a},`, [a]],
  ['ä'.repeat(32), ['ä'.repeat(32)]],
])('LAUNCHER_SECRET %j holds %j', (value, secrets) => {
  expect(readLauncherSecret(value)).toEqual({ secrets, faults: [] });
});

test.each([
  [',', /^It names no secret/],
  ['a'.repeat(31), /^Secret 1 of 1 is shorter than 32 characters/],
  ['😀'.repeat(16), /^Secret 1 of 1 is shorter/],
  [`${b},short-but-secret`, /^Secret 2 of 2 is shorter/],
  [`${b},${'secret word '.repeat(4)}`, /^Secret 2 of 2 has a space/],
  [`${b}\n${b}`, /^Secret 1 of 1 has a space or a line break/],
  [`${b},${a},${b}`, /^Secret 3 of 3 is there twice/],
  ['@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/s)', /Key Vault reference/],
  ['@Microsoft.KeyVault(VaultName=v;SecretName=s)', /Key Vault reference/],
  [`${b},@microsoft.keyvault(VaultName=v;SecretName=secret)`, /Key Vault reference/],
])('LAUNCHER_SECRET %j is refused, without being shown', (value, fault) => {
  const { faults } = readLauncherSecret(value);

  expect(faults).toEqual([expect.stringMatching(fault)]);
  for (const word of ['bbb', 'aaa', 'secret-', 'secret word', 'vault.azure', 'SecretName', '😀']) {
    expect(faults.join()).not.toContain(word);
  }
});

test('every fault is named at once, and what is good is kept', () => {
  const { secrets, faults } = readLauncherSecret(`x,${a},y z`);

  expect(secrets).toEqual([a]);
  expect(faults.map((fault) => fault.slice(0, 13))).toEqual(['Secret 1 of 3', 'Secret 3 of 3']);
});
