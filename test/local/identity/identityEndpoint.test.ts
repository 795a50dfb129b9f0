import { ManagedIdentityCredential } from '@azure/identity';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Emulator, startEmulator } from '../../../local/aci/emulator.ts';
import { manualClock } from '../manualClock.ts';

let emulator: Emulator;
const clock = manualClock(Date.now());

beforeAll(async () => {
  emulator = await startEmulator({ clock });
});

afterAll(() => emulator.close());

const resource = 'https://management.azure.com';

async function ask(query: Record<string, string>, headers?: Record<string, string>) {
  const url = `${emulator.identityEndpoint}?${new URLSearchParams(query)}`;
  const response = await fetch(url, { headers: headers ?? { 'X-IDENTITY-HEADER': emulator.identityHeader } });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test('a token for the resource, with its end in seconds as text', async () => {
  const { status, body } = await ask({ 'api-version': '2019-08-01', resource });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    resource,
    token_type: 'Bearer',
    client_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(body['expires_on']).toBe(String(Math.floor(clock.now() / 1000) + 86_400));
  expect(body['access_token']?.length).toBeGreaterThan(40);
  const again = await ask({ 'api-version': '2019-08-01', resource });
  expect(again.body['access_token']).not.toBe(body['access_token']);
  expect(again.body['client_id']).toBe(body['client_id']);
});

test('a user-assigned identity is named by its client id', async () => {
  const { body } = await ask({ 'api-version': '2019-08-01', resource, client_id: 'mine' });
  expect(body['client_id']).toBe('mine');
});

test.each([
  ['no header', { 'api-version': '2019-08-01', resource }, {}, 400],
  ['another header', { 'api-version': '2019-08-01', resource }, { 'X-IDENTITY-HEADER': 'guess' }, 401],
  ['no version', { resource }, undefined, 400],
  ['another version', { 'api-version': '2017-09-01', resource }, undefined, 400],
  ['no resource', { 'api-version': '2019-08-01' }, undefined, 400],
])('with %s there is no token', async (_, query, headers, status) => {
  const answer = await ask(query as Record<string, string>, headers as Record<string, string> | undefined);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ statusCode: status, message: expect.any(String) });
  expect(answer.body).not.toHaveProperty('access_token');
});

test('the real ManagedIdentityCredential gets its token here, and ARM takes it', async () => {
  vi.stubEnv('IDENTITY_ENDPOINT', emulator.identityEndpoint);
  vi.stubEnv('IDENTITY_HEADER', emulator.identityHeader);
  const { token, expiresOnTimestamp } = await new ManagedIdentityCredential().getToken(
    `${resource}/.default`,
  );
  vi.unstubAllEnvs();
  expect(expiresOnTimestamp).toBeGreaterThan(clock.now());
  const response = await fetch(`${emulator.armEndpoint}/subscriptions?api-version=2022-12-01`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
});
