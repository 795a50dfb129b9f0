import type { Emulator } from './aci/emulator.ts';

const apiVersion = '2026-07-01';

/** Speaks ARM to the emulator as a plain REST client would. @throws Error with ARM's answer when it is no success. */
export async function callArm(
  emulator: Pick<Emulator, 'armEndpoint' | 'identityEndpoint' | 'identityHeader'>,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const tokenUrl = `${emulator.identityEndpoint}?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com`;
  const token = await fetch(tokenUrl, { headers: { 'x-identity-header': emulator.identityHeader } });
  const { access_token: accessToken } = (await token.json()) as { access_token: string };
  const answer = await fetch(`${emulator.armEndpoint}${path}?api-version=${apiVersion}`, {
    method,
    headers: { authorization: `Bearer ${accessToken}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  }
  return text === '' ? undefined : JSON.parse(text);
}
