import { type EmulatorOptions, startEmulator } from '../../../local/aci/emulator.ts';
import { noLimits } from '../../../local/aci/limits.ts';
import { type ManualClock, manualClock } from '../manualClock.ts';

export const subscriptionId = '11111111-2222-3333-4444-555555555555';
export const newest = '2026-07-01';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into member by member, and a wrong guess fails the test.
export type Body = any;
export type Reply = { status: number; headers: Headers; body: Body };

export type ArmCaller = Awaited<ReturnType<typeof callArm>>;

/**
 * An emulator on a clock of its own, with a caller that holds a token.
 *
 * Without limits unless given: on a clock that stands, no bucket would ever fill again.
 */
export async function callArm(options: Omit<EmulatorOptions, 'clock' | 'port'> = {}) {
  const clock: ManualClock = manualClock();
  const lines: string[] = [];
  const emulator = await startEmulator({
    limits: noLimits,
    ...options,
    clock,
    log: (line) => lines.push(line),
  });
  const identity = `${emulator.identityEndpoint}?api-version=2019-08-01&resource=https%3A%2F%2Fmanagement.azure.com`;
  const answer = await fetch(identity, { headers: { 'X-IDENTITY-HEADER': emulator.identityHeader } });
  const { access_token: token } = (await answer.json()) as { access_token: string };

  async function call(
    method: string,
    path: string,
    body?: unknown,
    apiVersion = newest,
    as = token,
  ): Promise<Reply> {
    const url = new URL(path, emulator.armEndpoint);
    if (!url.searchParams.has('api-version')) {
      url.searchParams.set('api-version', apiVersion);
    }
    const response = await fetch(url, {
      method,
      headers: {
        Authorization: `Bearer ${as}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  const path = (name: string) =>
    `/subscriptions/${subscriptionId}/resourceGroups/jobs/providers/Microsoft.ContainerInstance/containerGroups/${name}`;
  return {
    emulator,
    clock,
    token,
    lines,
    call,
    path,
    get: (name: string, apiVersion?: string) => call('GET', path(name), undefined, apiVersion),
    put: (name: string, body: unknown, apiVersion?: string) => call('PUT', path(name), body, apiVersion),
    /** POST of what can be done with a group: start, stop, restart. */
    post: (name: string, verb: string, body?: unknown) => call('POST', `${path(name)}/${verb}`, body),
    logs: (name: string, container = 'main', query = '') =>
      call('GET', `${path(name)}/containers/${container}/logs${query}`),
    /** Puts a group and moves the clock past its provisioning. */
    async provision(name: string, body: unknown): Promise<Reply> {
      const reply = await call('PUT', path(name), body);
      await clock.advance(1_500);
      return reply;
    },
  };
}

/** A group with one container, `main`, that runs this script with Node. */
export function groupOf(script: string, change: { properties?: object; container?: object } = {}): Body {
  return {
    location: 'westeurope',
    properties: {
      osType: 'Linux',
      restartPolicy: 'Never',
      containers: [
        {
          name: 'main',
          properties: {
            image: 'example.azurecr.io/job:1',
            command: [process.execPath, '-e', script],
            resources: { requests: { cpu: 1, memoryInGB: 1.5 } },
            ...change.container,
          },
        },
      ],
      ...change.properties,
    },
  };
}
