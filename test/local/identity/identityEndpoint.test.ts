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

/** Who ARM takes a token for, in its own words. */
async function principalOf(token: string | undefined): Promise<string[]> {
  emulator.faults.add({ action: 'error', code: 'AuthorizationFailed' });
  const response = await fetch(`${emulator.armEndpoint}/subscriptions?api-version=2022-12-01`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  const { error } = (await response.json()) as { error: { message: string } };
  return /client '(.*?)' with object id '(.*?)'/.exec(error.message)?.slice(1) ?? [];
}

test('a token speaks for the identity that was asked for, the same one every time', async () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u';
  const seen = new Set<string>();
  for (const selector of [{}, { client_id: 'c' }, { object_id: 'o' }, { mi_res_id: id }] as Record<
    string,
    string
  >[]) {
    const query = { 'api-version': '2019-08-01', resource, ...selector };
    const [first, second] = [await ask(query), await ask(query)];
    const [clientId, objectId] = await principalOf(first.body['access_token']);
    expect(await principalOf(second.body['access_token'])).toEqual([clientId, objectId]);
    expect(first.body['client_id']).toBe(clientId);
    expect(clientId).toMatch(selector['client_id'] ? /^c$/ : /^[0-9a-f-]{36}$/);
    expect(objectId).toMatch(selector['object_id'] ? /^o$/ : /^[0-9a-f-]{36}$/);
    seen.add(`${clientId} ${objectId}`);
  }
  expect(seen.size).toBe(4);
});

test('an identity named by its resource id has the ids that a container group with it shows', async () => {
  const id = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/u';
  const group = {
    location: 'westeurope',
    identity: { type: 'UserAssigned', userAssignedIdentities: { [id]: {} } },
    properties: { osType: 'Linux', containers: [{ name: 'main', properties: { image: 'i' } }] },
  };
  const response = await fetch(
    `${emulator.armEndpoint}/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/job?api-version=2026-07-01`,
    {
      method: 'PUT',
      headers: { Authorization: `Bearer ${emulator.mintToken().token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(group),
    },
  );
  const { identity } = (await response.json()) as { identity: typeof group.identity };
  const { body } = await ask({ 'api-version': '2019-08-01', resource, mi_res_id: id });
  const [clientId, principalId] = await principalOf(body['access_token']);
  expect(identity.userAssignedIdentities[id]).toEqual({ clientId, principalId });
});

test.each([
  ['no header', { 'api-version': '2019-08-01', resource }, {}, 400],
  ['another header', { 'api-version': '2019-08-01', resource }, { 'X-IDENTITY-HEADER': 'guess' }, 401],
  ['no version', { resource }, undefined, 400],
  ['another version', { 'api-version': '2017-09-01', resource }, undefined, 400],
  ['no resource', { 'api-version': '2019-08-01' }, undefined, 400],
  ['two names', { 'api-version': '2019-08-01', resource, client_id: 'c', object_id: 'o' }, undefined, 400],
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
